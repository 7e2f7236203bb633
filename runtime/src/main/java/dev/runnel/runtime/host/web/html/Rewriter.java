package dev.runnel.runtime.host.web.html;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way through. It is asked for events until it has none; each is answered by
 * {@link #finish} before the next is asked for. All that no handler wants goes from input to output
 * as it is.
 */
public final class Rewriter {
  /** What a handler wants to hear of, as bits. */
  public static final int ELEMENT = 1;

  public static final int COMMENTS = 2;
  public static final int TEXT = 4;
  public static final int DOCTYPE = 8;
  public static final int END = 16;

  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /**
   * @param ofDocument it hears of everything, wherever it is
   */
  private record Handler(boolean ofDocument, int wants) {
    boolean wants(int what) {
      return (wants & what) != 0;
    }
  }

  private enum Pending {
    NOTHING,
    START_TAG,
    END_TAG,
    TEXT,
    /** A comment or doctype. */
    OTHER,
    END
  }

  private final Charset charset;
  private final CharsetEncoder encoder;
  private final Budget budget;
  private final Tokenizer tokens;
  private final Document document;
  private final Matcher matcher = new Matcher();
  private final List<Handler> handlers = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TextDecoder text;

  /** By handler, how many open elements it stands for. */
  private int[] active = new int[8];

  private Pending pending = Pending.NOTHING;
  private Tokenizer.@Nullable Kind held;
  private @Nullable OpenElement opening;
  private @Nullable StartTag tag;
  private boolean isInText;
  private boolean isLast;
  private boolean isOver;
  private int suppressed;
  private long buffered;

  public Rewriter(Charset charset, int longestToken, Budget budget) {
    this.charset = charset;
    this.encoder = charset.newEncoder();
    this.budget = budget;
    this.tokens = new Tokenizer(longestToken);
    this.document = new Document(budget);
    this.text = new TextDecoder(charset);
    tokens.keepComments(false);
  }

  /** Throws what is wrong with a selector. */
  public static void check(String selector) throws RewriteException {
    new Matcher().add(SelectorParser.parse(selector), 0);
  }

  public void on(String selector, int wants) throws RewriteException {
    matcher.add(SelectorParser.parse(selector), handlers.size());
    add(new Handler(false, wants));
  }

  public void onDocument(int wants) {
    add(new Handler(true, wants));
  }

  private void add(Handler handler) {
    handlers.add(handler);
    if (handlers.size() > active.length) {
      active = Arrays.copyOf(active, active.length * 2);
    }
    if (handler.wants(COMMENTS)) {
      tokens.keepComments(true);
    }
  }

  /** More of the document, to be taken up by {@link #next}. */
  public void feed(byte[] input, boolean last) throws RewriteException {
    tokens.feed(input, input.length, last);
    isLast = last;
    budget.reserve(tokens.capacity() - buffered);
    buffered = tokens.capacity();
  }

  /** The output so far. */
  public byte[] take() {
    byte[] taken = out.toByteArray();
    out.reset();
    return taken;
  }

  /** Gives back what is counted. */
  public void close() {
    while (document.hasOpen()) {
      document.pop();
    }
    budget.release(document.innermost().counterBytes() + buffered);
    buffered = 0;
    isOver = true;
  }

  // ---- Events ----

  /**
   * The next event as JSON, an array of its kind, the numbers of its handlers and what it is about;
   * null when more input is needed, or nothing is left.
   */
  public @Nullable String next() throws RewriteException {
    if (pending != Pending.NOTHING) {
      throw new IllegalStateException("The last event has not been finished.");
    }
    while (!isOver) {
      Tokenizer.Kind kind = held == null ? tokens.next() : held;
      held = null;
      if (kind == Tokenizer.Kind.NOTHING && !isLast) {
        return null;
      }
      if (isInText && kind != Tokenizer.Kind.TEXT) {
        held = kind;
        isInText = false;
        return textEvent(text.finish(), true);
      }
      String event = eventOf(kind);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private @Nullable String eventOf(Tokenizer.Kind kind) throws RewriteException {
    return switch (kind) {
      case NOTHING -> atEnd();
      case TEXT -> textToken();
      case START_TAG -> startTag();
      case END_TAG -> endTag();
      case COMMENT -> comment();
      case DOCTYPE -> doctype();
      case OTHER -> passed();
    };
  }

  private @Nullable String passed() {
    write(tokens.bytes(), tokens.from(), tokens.to());
    return null;
  }

  private @Nullable String atEnd() {
    isOver = true;
    while (document.hasOpen()) {
      closeInnermost();
    }
    List<Integer> hearing = documentHandlers(END);
    return hearing.isEmpty() ? null : event(Pending.END, "end", hearing);
  }

  private String event(Pending kind, @Nullable Object... parts) {
    pending = kind;
    return JSON.toJson(Arrays.asList(parts));
  }

  private List<Integer> numbers(IntPredicate which) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < handlers.size(); i++) {
      if (which.test(i)) {
        found.add(i);
      }
    }
    return found;
  }

  private List<Integer> documentHandlers(int what) {
    return numbers(i -> handlers.get(i).ofDocument && handlers.get(i).wants(what));
  }

  /** Those of the document, and those of elements around this place. */
  private List<Integer> handlersHere(int what) {
    return numbers(
        i -> handlers.get(i).wants(what) && (handlers.get(i).ofDocument || active[i] > 0));
  }

  // ---- Text and comments ----

  private @Nullable String textToken() {
    if (handlersHere(TEXT).isEmpty()) {
      return passed();
    }
    isInText = true;
    String decoded = text.decode(tokens.bytes(), tokens.from(), tokens.to());
    return decoded.isEmpty() ? null : textEvent(decoded, false);
  }

  private String textEvent(String decoded, boolean last) {
    return event(Pending.TEXT, "text", handlersHere(TEXT), decoded, last);
  }

  private @Nullable String comment() {
    List<Integer> hearing = handlersHere(COMMENTS);
    return hearing.isEmpty()
        ? passed()
        : event(
            Pending.OTHER, "comment", hearing, string(tokens.contentFrom(), tokens.contentTo()));
  }

  private @Nullable String doctype() {
    List<Integer> hearing = documentHandlers(DOCTYPE);
    if (hearing.isEmpty()) {
      return passed();
    }
    Doctype found = Doctype.of(string(tokens.contentFrom(), tokens.contentTo()));
    return event(
        Pending.OTHER, "doctype", hearing, found.name(), found.publicId(), found.systemId());
  }

  private String string(int from, int to) {
    return new String(tokens.bytes(), from, to - from, charset);
  }

  // ---- Elements ----

  private @Nullable String startTag() throws RewriteException {
    String written = string(tokens.nameFrom(), tokens.nameTo());
    String name = StartTag.lowerCase(written);
    leaveForeignContentFor(name);
    OpenElement parent = document.innermost();
    Namespace namespace = parent.namespace.ofChild(name, parent.holdsHtml);
    int placeOfName = matcher.countsNames() ? parent.nextPlace(name, budget) : 0;
    StartTag found = new StartTag(tokens, charset, name, parent.nextPlace(), placeOfName);
    BitSet matched = matcher.match(found, parent.matched, parent.matchedAbove);
    BitSet hearing = matcher.handlers(matched);
    OpenElement element =
        new OpenElement(
            name, namespace, namespace.holdsHtml(name), matched, parent.matchedAbove, hearing);
    tag = found;
    opening = element;
    List<Integer> told = numbers(i -> hearing.get(i) && handlers.get(i).wants(ELEMENT));
    boolean hasContent = namespace.mayHaveContent(name, tokens.isSelfClosing());
    if (told.isEmpty()) {
      pending = Pending.START_TAG;
      finish("", null, "");
      return null;
    }
    return event(
        Pending.START_TAG,
        "element",
        told,
        name,
        written,
        namespace.uri(),
        tokens.isSelfClosing(),
        hasContent);
  }

  private void leaveForeignContentFor(String name) {
    if (!document.innermost().holdsHtml && Namespace.isHtmlOnly(name)) {
      while (!document.innermost().holdsHtml) {
        closeInnermost();
      }
      tokens.allowCdata(false);
    }
  }

  /**
   * Of the element that the last event is about: names in lower case, values, and both as written.
   */
  public String attributes() {
    return JSON.toJson(Objects.requireNonNull(tag, "tag").attributes());
  }

  /** What the end of the element that the last event is about needs. */
  public record Ending(
      boolean skipsInner,
      boolean dropsEndTag,
      @Nullable String endName,
      String append,
      String after,
      int key) {}

  public void endWith(Ending ending) {
    OpenElement element = Objects.requireNonNull(opening, "opening");
    element.skipsInner = ending.skipsInner;
    element.dropsEndTag = ending.dropsEndTag;
    element.endName = ending.endName;
    element.append = ending.append;
    element.after = ending.after;
    element.key = ending.key;
  }

  private void open(OpenElement element) throws RewriteException {
    document.push(element);
    element.handlers.stream().forEach(i -> active[i]++);
    tokens.enter(element.namespace.contentOf(element.name), element.name);
    tokens.allowCdata(element.namespace != Namespace.HTML);
    if (element.skipsInner) {
      suppressed++;
    }
  }

  private @Nullable String endTag() {
    String name = StartTag.lowerCase(string(tokens.nameFrom(), tokens.nameTo()));
    if (!document.hasOpen(name)) {
      return passed();
    }
    while (!document.innermost().name.equals(name)) {
      closeInnermost();
    }
    OpenElement element = document.innermost();
    endInner(element);
    pending = Pending.END_TAG;
    if (element.key != 0) {
      return event(Pending.END_TAG, "end tag", List.of(element.key), name, element.dropsEndTag);
    }
    finishEndTag("", null, "");
    return null;
  }

  /** An element that ends without an end tag of its own. */
  private void closeInnermost() {
    endInner(document.innermost());
    forget();
  }

  private void endInner(OpenElement element) {
    if (element.skipsInner) {
      suppressed--;
      element.skipsInner = false;
    }
    write(element.append);
  }

  private void forget() {
    OpenElement closed = document.pop();
    closed.handlers.stream().forEach(i -> active[i]--);
    tokens.allowCdata(document.innermost().namespace != Namespace.HTML);
    write(closed.after);
  }

  // ---- Answers ----

  /**
   * Writes the token of the last event.
   *
   * @param content in place of the token; null to leave it as it is
   */
  public void finish(String before, @Nullable String content, String after)
      throws RewriteException {
    switch (pending) {
      case NOTHING -> throw new IllegalStateException("There is no event to finish.");
      case END_TAG -> finishEndTag(before, content, after);
      case TEXT -> {
        write(before);
        if (content != null) {
          write(content);
        } else if (suppressed == 0) {
          text.writeTo(out);
        }
        write(after);
      }
      case START_TAG, OTHER, END -> {
        write(before);
        writeToken(content);
        write(after);
      }
    }
    Pending finished = pending;
    pending = Pending.NOTHING;
    OpenElement element = opening;
    opening = null;
    tag = null;
    if (finished == Pending.START_TAG && element != null) {
      finishStartTag(element);
    }
  }

  private void writeToken(@Nullable String content) {
    if (content != null) {
      write(content);
    } else if (pending != Pending.END) {
      write(tokens.bytes(), tokens.from(), tokens.to());
    }
  }

  private void finishStartTag(OpenElement element) throws RewriteException {
    if (element.namespace.mayHaveContent(element.name, tokens.isSelfClosing())) {
      open(element);
    }
  }

  private void finishEndTag(String before, @Nullable String content, String after) {
    OpenElement element = document.innermost();
    write(before);
    if (content != null) {
      write(content);
    } else if (element.endName != null) {
      write("</" + element.endName + ">");
    } else if (!element.dropsEndTag) {
      write(tokens.bytes(), tokens.from(), tokens.to());
    }
    write(after);
    forget();
    pending = Pending.NOTHING;
  }

  private void write(byte[] bytes, int from, int to) {
    if (suppressed == 0) {
      out.write(bytes, from, to - from);
    }
  }

  private void write(String added) {
    if (suppressed == 0 && !added.isEmpty()) {
      out.writeBytes(encoded(added));
    }
  }

  /** What the document's encoding lacks becomes a character reference. */
  private byte[] encoded(String added) {
    if (charset.equals(StandardCharsets.UTF_8) || encoder.canEncode(added)) {
      return added.getBytes(charset);
    }
    StringBuilder safe = new StringBuilder();
    added
        .codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              safe.append(encoder.canEncode(one) ? one : "&#" + c + ";");
            });
    return safe.toString().getBytes(charset);
  }
}
