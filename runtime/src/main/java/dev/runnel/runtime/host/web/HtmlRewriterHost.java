package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.web.html.Budget;
import dev.runnel.runtime.host.web.html.RewriteException;
import dev.runnel.runtime.host.web.html.Rewriter;
import dev.runnel.runtime.limit.RewriterLimits;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code HTMLRewriter}: finds what its handlers want to hear of.
 *
 * <p>Confined to the isolate's thread.
 */
public final class HtmlRewriterHost {
  private static final int MAX_OPEN = 1_000;
  private static final int ALL_WANTS = 31;

  /** In these, a byte that looks like ASCII may be part of another character. */
  private static final Set<String> UNSUITABLE =
      Set.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-2022-JP", "UTF-7", "HZ");

  private final RewriterLimits limits;
  private final Budget budget;
  private final Map<Integer, Rewriter> open = new HashMap<>();
  private int nextId = 1;

  public HtmlRewriterHost(RewriterLimits limits) {
    this.limits = limits;
    this.budget = new Budget(limits.memory());
  }

  private interface Step<T extends @Nullable Object> {
    T run() throws RewriteException;
  }

  private static <T extends @Nullable Object> T guarded(Step<T> step) {
    try {
      return step.run();
    } catch (RewriteException e) {
      throw HostError.type("ERR_HTML_REWRITER", "%s", e.getMessage());
    } catch (IllegalStateException e) {
      throw HostError.error("ERR_INVALID_STATE", "%s", e.getMessage());
    }
  }

  public HostModule module() {
    return HostModule.named("html_rewriter")
        .function("check", HtmlRewriterHost::check)
        .function("open", this::open)
        .function("on", this::on)
        .function("onDocument", this::onDocument)
        .function("feed", this::feed)
        .function("next", this::next)
        .function("attributes", args -> JsValue.of(rewriter(args).attributes()))
        .function("endWith", this::endWith)
        .function("finish", this::finish)
        .function("take", args -> JsValue.of(rewriter(args).take()))
        .function("close", this::close);
  }

  private static JsValue check(Arguments args) {
    String selector = args.string(0, "selector");
    return guarded(
        () -> {
          Rewriter.check(selector);
          return JsValue.UNDEFINED;
        });
  }

  private JsValue open(Arguments args) {
    if (open.size() >= MAX_OPEN) {
      throw HostError.type(
          "ERR_HTML_REWRITER", "More than %d documents are being rewritten at once.", MAX_OPEN);
    }
    open.put(nextId, new Rewriter(charset(args.string(0, "charset")), limits.token(), budget));
    return JsValue.of(nextId++);
  }

  private static Charset charset(String name) {
    try {
      Charset charset = name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
      if (!UNSUITABLE.contains(charset.name()) && charset.canEncode()) {
        return charset;
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // Refused below, as those that can't be cut into tags byte by byte.
    }
    throw HostError.type(
        "ERR_HTML_REWRITER", "HTMLRewriter can't read documents in the encoding \"%s\".", name);
  }

  private JsValue on(Arguments args) {
    Rewriter rewriter = rewriter(args);
    String selector = args.string(1, "selector");
    int wants = args.integer(2, "wants", 0, ALL_WANTS);
    return guarded(
        () -> {
          rewriter.on(selector, wants);
          return JsValue.UNDEFINED;
        });
  }

  private JsValue onDocument(Arguments args) {
    rewriter(args).onDocument(args.integer(1, "wants", 0, ALL_WANTS));
    return JsValue.UNDEFINED;
  }

  private JsValue feed(Arguments args) {
    Rewriter rewriter = rewriter(args);
    byte[] bytes = args.copyOfBytes(1, "bytes");
    boolean isLast = args.bool(2, "isLast");
    return guarded(
        () -> {
          rewriter.feed(bytes, isLast);
          return JsValue.UNDEFINED;
        });
  }

  private JsValue next(Arguments args) {
    Rewriter rewriter = rewriter(args);
    String event = guarded(rewriter::next);
    return event == null ? JsValue.UNDEFINED : JsValue.of(event);
  }

  private JsValue endWith(Arguments args) {
    rewriter(args)
        .endWith(
            new Rewriter.Ending(
                args.bool(1, "skipsInner"),
                args.bool(2, "dropsEndTag"),
                args.optionalString(3, "endName").orElse(null),
                args.string(4, "append"),
                args.string(5, "after"),
                args.integer(6, "key", 0, Integer.MAX_VALUE)));
    return JsValue.UNDEFINED;
  }

  private JsValue finish(Arguments args) {
    Rewriter rewriter = rewriter(args);
    String before = args.string(1, "before");
    String content = args.optionalString(2, "content").orElse(null);
    String after = args.string(3, "after");
    return guarded(
        () -> {
          rewriter.finish(before, content, after);
          return JsValue.UNDEFINED;
        });
  }

  private JsValue close(Arguments args) {
    Rewriter closed = open.remove(args.integer(0, "id", 1, Integer.MAX_VALUE));
    if (closed != null) {
      closed.close();
    }
    return JsValue.UNDEFINED;
  }

  private Rewriter rewriter(Arguments args) {
    Rewriter rewriter = open.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
    if (rewriter == null) {
      throw HostError.error("ERR_INVALID_STATE", "The document is closed.");
    }
    return rewriter;
  }
}
