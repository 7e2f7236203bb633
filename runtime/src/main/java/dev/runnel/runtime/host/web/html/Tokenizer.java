package dev.runnel.runtime.host.web.html;

import java.util.Arrays;

/**
 * Cuts HTML into tokens, byte by byte and whatever the pieces that it comes in, as the HTML
 * standard's tokenizer does (13.2.5). Bytes below 0x80 stand for ASCII, as in all encodings that
 * documents are allowed to have but UTF-16 and ISO-2022-JP.
 *
 * <p>What it finds are ranges of {@link #bytes()}, until it is asked for the next token.
 */
final class Tokenizer {
  enum Kind {
    /** What there is has been cut up; a token that isn't complete waits. */
    NOTHING,
    TEXT,
    START_TAG,
    END_TAG,
    /** Bogus ones, such as {@code <?xml … ?>}, included. */
    COMMENT,
    DOCTYPE,
    /** Bytes that no handler hears of. */
    OTHER
  }

  /** What the text is in which the next token begins. */
  enum Content {
    DATA,
    /** Text without comments and tags up to an end tag. */
    RAW,
    SCRIPT,
    PLAIN
  }

  /** Of a script's text: outside of a comment, in one, and in a script in one. */
  private enum Escape {
    NONE,
    ESCAPED,
    TWICE
  }

  private static final int NUMBERS_PER_ATTRIBUTE = 4;

  private final int limit;
  private byte[] bytes = new byte[4096];
  private int start;
  private int at;
  private int end;
  private boolean isLast;
  private TokenizerState state = TokenizerState.DATA;
  private Content content = Content.DATA;
  private Escape escape = Escape.NONE;
  private String rawName = "";
  private boolean keepsComments = true;
  private boolean allowsCdata;
  private boolean isEndTag;
  private boolean isSelfClosing;

  /** Of the token, from {@link #start}. */
  private int nameFrom;

  private int nameTo;

  /** Name from, name to, value from, value to, from {@link #start}. */
  private int[] attributes = new int[16];

  private int attributeNumbers;
  private int contentFrom;
  private int contentTo;

  /** How many stand right before, where a CDATA section may end. */
  private int brackets;

  private int tokenEnd;

  /**
   * @param limit how many bytes of a token may be kept until it is complete
   */
  Tokenizer(int limit) {
    this.limit = limit;
  }

  /** Comments that nobody wants to see go by as {@link Kind#OTHER}, however long they are. */
  void keepComments(boolean keep) {
    keepsComments = keep;
  }

  /** Takes more input. What the present token's ranges point to is elsewhere afterwards. */
  void feed(byte[] input, int length, boolean last) throws RewriteException {
    int kept = end - start;
    if (kept > limit) {
      throw new RewriteException(
          "A tag or comment is longer than the limit of %d bytes.".formatted(limit));
    }
    if (bytes.length - kept < length) {
      bytes = Arrays.copyOfRange(bytes, start, start + Math.max(kept * 2, kept + length));
    } else {
      System.arraycopy(bytes, start, bytes, 0, kept);
    }
    System.arraycopy(input, 0, bytes, kept, length);
    at -= start;
    tokenEnd -= start;
    start = 0;
    end = kept + length;
    isLast = last;
  }

  /** How much memory is in use. */
  int capacity() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return start;
  }

  int to() {
    return tokenEnd;
  }

  // ---- What the token holds ----

  int nameFrom() {
    return start + nameFrom;
  }

  int nameTo() {
    return start + nameTo;
  }

  boolean isSelfClosing() {
    return isSelfClosing;
  }

  int attributeCount() {
    return attributeNumbers / NUMBERS_PER_ATTRIBUTE;
  }

  int attributeNameFrom(int index) {
    return start + attributes[index * NUMBERS_PER_ATTRIBUTE];
  }

  int attributeNameTo(int index) {
    return start + attributes[index * NUMBERS_PER_ATTRIBUTE + 1];
  }

  int valueFrom(int index) {
    return start + attributes[index * NUMBERS_PER_ATTRIBUTE + 2];
  }

  int valueTo(int index) {
    return start + attributes[index * NUMBERS_PER_ATTRIBUTE + 3];
  }

  /** Of a comment or doctype. */
  int contentFrom() {
    return start + contentFrom;
  }

  int contentTo() {
    return start + contentTo;
  }

  // ---- What whoever knows the open elements has to say ----

  /** What follows a start tag that was just found. */
  void enter(Content following, String name) {
    content = following;
    rawName = name;
    escape = Escape.NONE;
  }

  /** Whether {@code <![CDATA[} begins text here, as inside of SVG and MathML. */
  void allowCdata(boolean allow) {
    allowsCdata = allow;
  }

  // ---- Finding tokens ----

  Kind next() {
    start = tokenEnd;
    if (state == TokenizerState.DATA) {
      at = start;
      attributeNumbers = 0;
      isSelfClosing = false;
      if (content != Content.DATA) {
        return raw();
      }
    }
    while (at < end) {
      Kind found = step(bytes[at]);
      if (found != Kind.NOTHING) {
        return found;
      }
    }
    return rest();
  }

  /** The input is used up: text goes out, what else has begun waits for more. */
  private Kind rest() {
    if (start == end) {
      return Kind.NOTHING;
    }
    if (state == TokenizerState.DATA) {
      return token(Kind.TEXT, end);
    }
    if (isLast) {
      return atEnd();
    }
    boolean streams = state == TokenizerState.CDATA || !keepsComments && state.isComment();
    return streams ? token(Kind.OTHER, end) : Kind.NOTHING;
  }

  /** The document ends in a token. A comment ends there too; a tag is none. */
  private Kind atEnd() {
    TokenizerState was = state;
    state = TokenizerState.DATA;
    content = Content.PLAIN;
    return switch (was) {
      case TAG_OPEN, END_TAG_OPEN -> token(Kind.TEXT, end);
      case COMMENT_START,
          COMMENT_START_DASH,
          COMMENT,
          COMMENT_END_DASH,
          COMMENT_END,
          COMMENT_END_BANG,
          BOGUS_COMMENT -> {
        if (!keepsComments) {
          yield token(Kind.OTHER, end);
        }
        contentTo = Math.max(contentFrom, end - start - was.dashes());
        yield token(Kind.COMMENT, end);
      }
      default -> token(Kind.OTHER, end);
    };
  }

  private Kind token(Kind kind, int to) {
    tokenEnd = to;
    at = to;
    return kind;
  }

  /** One byte; anything but {@link Kind#NOTHING} is a token that ends there. */
  private Kind step(byte c) {
    switch (state) {
      case DATA -> {
        return data(c);
      }
      case TAG_OPEN -> {
        return tagOpen(c);
      }
      case END_TAG_OPEN -> {
        return endTagOpen(c);
      }
      case TAG_NAME -> {
        if (Ascii.isSpace(c) || c == '/' || c == '>') {
          nameTo = at - start;
          state = TokenizerState.BEFORE_ATTRIBUTE;
          return Kind.NOTHING;
        }
      }
      case BEFORE_ATTRIBUTE -> {
        return beforeAttribute(c);
      }
      case ATTRIBUTE_NAME -> {
        if (Ascii.isSpace(c) || c == '/' || c == '>' || c == '=') {
          attributes[attributeNumbers - 3] = at - start;
          state = TokenizerState.AFTER_ATTRIBUTE_NAME;
          return Kind.NOTHING;
        }
      }
      case AFTER_ATTRIBUTE_NAME -> {
        return afterAttributeName(c);
      }
      case BEFORE_VALUE -> {
        return beforeValue(c);
      }
      case VALUE_DOUBLE_QUOTED -> endValue(c == '"', TokenizerState.AFTER_VALUE);
      case VALUE_SINGLE_QUOTED -> endValue(c == '\'', TokenizerState.AFTER_VALUE);
      case VALUE_UNQUOTED -> {
        if (c == '>') {
          endValue(true, TokenizerState.BEFORE_ATTRIBUTE);
          return Kind.NOTHING;
        }
        endValue(Ascii.isSpace(c), TokenizerState.BEFORE_ATTRIBUTE);
      }
      case AFTER_VALUE -> {
        state = TokenizerState.BEFORE_ATTRIBUTE;
        return Kind.NOTHING;
      }
      case SELF_CLOSING -> {
        if (c == '>') {
          isSelfClosing = true;
        }
        state = TokenizerState.BEFORE_ATTRIBUTE;
        return Kind.NOTHING;
      }
      case MARKUP -> {
        return markup();
      }
      default -> {
        return inComment(c);
      }
    }
    at++;
    return Kind.NOTHING;
  }

  private Kind data(byte c) {
    if (c != '<') {
      at = indexOf((byte) '<', at);
      return at == end ? Kind.NOTHING : token(Kind.TEXT, at);
    }
    at++;
    state = TokenizerState.TAG_OPEN;
    return Kind.NOTHING;
  }

  private Kind tagOpen(byte c) {
    if (Ascii.isLetter(c)) {
      beginName(false);
    } else if (c == '/') {
      state = TokenizerState.END_TAG_OPEN;
    } else if (c == '!') {
      state = TokenizerState.MARKUP;
    } else if (c == '?') {
      beginComment(TokenizerState.BOGUS_COMMENT, at - start);
      return Kind.NOTHING;
    } else {
      state = TokenizerState.DATA;
      return token(Kind.TEXT, at);
    }
    at++;
    return Kind.NOTHING;
  }

  private Kind endTagOpen(byte c) {
    if (Ascii.isLetter(c)) {
      beginName(true);
      at++;
      return Kind.NOTHING;
    }
    if (c == '>') {
      state = TokenizerState.DATA;
      return token(Kind.OTHER, at + 1);
    }
    beginComment(TokenizerState.BOGUS_COMMENT, at - start);
    return Kind.NOTHING;
  }

  private void beginName(boolean ofEndTag) {
    isEndTag = ofEndTag;
    nameFrom = at - start;
    state = TokenizerState.TAG_NAME;
  }

  private Kind beforeAttribute(byte c) {
    if (c == '>') {
      state = TokenizerState.DATA;
      return token(isEndTag ? Kind.END_TAG : Kind.START_TAG, at + 1);
    }
    isSelfClosing = false;
    at++;
    if (c == '/') {
      state = TokenizerState.SELF_CLOSING;
    } else if (!Ascii.isSpace(c)) {
      beginAttribute(at - 1 - start);
    }
    return Kind.NOTHING;
  }

  private void beginAttribute(int from) {
    if (attributeNumbers + NUMBERS_PER_ATTRIBUTE > attributes.length) {
      attributes = Arrays.copyOf(attributes, attributes.length * 2);
    }
    Arrays.fill(attributes, attributeNumbers, attributeNumbers + NUMBERS_PER_ATTRIBUTE, from);
    attributeNumbers += NUMBERS_PER_ATTRIBUTE;
    state = TokenizerState.ATTRIBUTE_NAME;
  }

  private Kind afterAttributeName(byte c) {
    if (c == '=') {
      state = TokenizerState.BEFORE_VALUE;
      at++;
    } else if (Ascii.isSpace(c)) {
      at++;
    } else {
      state = TokenizerState.BEFORE_ATTRIBUTE;
    }
    return Kind.NOTHING;
  }

  private Kind beforeValue(byte c) {
    if (c == '>') {
      state = TokenizerState.BEFORE_ATTRIBUTE;
      return Kind.NOTHING;
    }
    if (Ascii.isSpace(c)) {
      at++;
      return Kind.NOTHING;
    }
    boolean isQuoted = c == '"' || c == '\'';
    state =
        c == '"'
            ? TokenizerState.VALUE_DOUBLE_QUOTED
            : isQuoted ? TokenizerState.VALUE_SINGLE_QUOTED : TokenizerState.VALUE_UNQUOTED;
    if (isQuoted) {
      at++;
    }
    attributes[attributeNumbers - 2] = at - start;
    attributes[attributeNumbers - 1] = at - start;
    return Kind.NOTHING;
  }

  private void endValue(boolean ends, TokenizerState following) {
    if (ends) {
      attributes[attributeNumbers - 1] = at - start;
      state = following;
    }
  }

  /** Behind {@code <!}: what it is shows within seven more bytes. */
  private Kind markup() {
    int from = start + 2;
    if (startsWith(from, "--")) {
      at = from + 2;
      beginComment(TokenizerState.COMMENT_START, at - start);
    } else if (startsWith(from, "doctype")) {
      at = from + 7;
      beginComment(TokenizerState.DOCTYPE, at - start);
    } else if (allowsCdata && startsWith(from, "[cdata[")) {
      at = from + 7;
      beginComment(TokenizerState.CDATA, at - start);
    } else if (!isLast && mayStillBe(from)) {
      at = end;
    } else {
      at = from;
      beginComment(TokenizerState.BOGUS_COMMENT, from - start);
    }
    return Kind.NOTHING;
  }

  private boolean mayStillBe(int from) {
    return isPrefix(from, "--")
        || isPrefix(from, "doctype")
        || allowsCdata && isPrefix(from, "[cdata[");
  }

  /** The bytes from there to the end are the beginning of the text. */
  private boolean isPrefix(int from, String text) {
    int length = end - from;
    return length < text.length() && startsWith(from, text.substring(0, length));
  }

  private boolean startsWith(int from, String text) {
    if (end - from < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Ascii.lower(bytes[from + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void beginComment(TokenizerState first, int from) {
    state = first;
    contentFrom = from;
    brackets = 0;
  }

  private Kind inComment(byte c) {
    TokenizerState was = state;
    switch (was) {
      case BOGUS_COMMENT, DOCTYPE -> {
        at = indexOf((byte) '>', at);
        if (at == end) {
          return Kind.NOTHING;
        }
        return endComment(was == TokenizerState.DOCTYPE ? Kind.DOCTYPE : Kind.COMMENT, 0);
      }
      case CDATA -> {
        if (c == '>' && brackets >= 2) {
          state = TokenizerState.DATA;
          return token(Kind.OTHER, at + 1);
        }
        brackets = c == ']' ? brackets + 1 : 0;
      }
      case COMMENT -> {
        if (c != '-') {
          at = indexOf((byte) '-', at);
          return Kind.NOTHING;
        }
        state = TokenizerState.COMMENT_END_DASH;
      }
      default -> {
        if (c == '>' && was != TokenizerState.COMMENT_END_DASH) {
          return endComment(Kind.COMMENT, was.dashes());
        }
        state = was.next(c);
      }
    }
    at++;
    return Kind.NOTHING;
  }

  private Kind endComment(Kind kind, int dashes) {
    contentTo = Math.max(contentFrom, at - start - dashes);
    state = TokenizerState.DATA;
    boolean isWanted = kind == Kind.DOCTYPE || keepsComments;
    return token(isWanted ? kind : Kind.OTHER, at + 1);
  }

  // ---- Text with rules of its own ----

  private Kind raw() {
    if (start == end) {
      return Kind.NOTHING;
    }
    if (content == Content.PLAIN) {
      return token(Kind.TEXT, end);
    }
    while (at < end) {
      byte c = bytes[at];
      if (c == '<' || c == '-') {
        int wanted = end - at;
        if (!isLast && wanted < rawName.length() + 3 && mayMatter(c)) {
          return at > start ? token(Kind.TEXT, at) : Kind.NOTHING;
        }
        if (c == '<' && isEndOfRaw()) {
          if (at > start) {
            return token(Kind.TEXT, at);
          }
          content = Content.DATA;
          return next();
        }
        if (content == Content.SCRIPT) {
          changeEscape();
        }
      }
      at++;
    }
    return token(Kind.TEXT, end);
  }

  /** Whether bytes that are yet to come decide what these are. */
  private boolean mayMatter(byte c) {
    if (c == '-') {
      return content == Content.SCRIPT && escape != Escape.NONE && isPrefix(at, "-->");
    }
    return isPrefix(at, "</" + rawName)
        || startsWith(at, "</" + rawName)
        || content == Content.SCRIPT
            && (isPrefix(at, "<!--") || isPrefix(at, "<script") || startsWith(at, "<script"));
  }

  private boolean isEndOfRaw() {
    return escape != Escape.TWICE && isTag("</" + rawName);
  }

  private boolean isTag(String text) {
    int after = at + text.length();
    return startsWith(at, text)
        && after < end
        && (Ascii.isSpace(bytes[after]) || bytes[after] == '/' || bytes[after] == '>');
  }

  /** https://html.spec.whatwg.org/#script-data-double-escape-start-state and around. */
  private void changeEscape() {
    if (escape == Escape.NONE) {
      if (startsWith(at, "<!--")) {
        escape = Escape.ESCAPED;
        // The dashes may be those of an end: <!--> is a whole comment.
        at += 1;
      }
    } else if (startsWith(at, "-->")) {
      escape = Escape.NONE;
    } else if (escape == Escape.ESCAPED && isTag("<script")) {
      escape = Escape.TWICE;
    } else if (escape == Escape.TWICE && isTag("</script")) {
      escape = Escape.ESCAPED;
    }
  }

  private int indexOf(byte wanted, int from) {
    int i = from;
    while (i < end && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
