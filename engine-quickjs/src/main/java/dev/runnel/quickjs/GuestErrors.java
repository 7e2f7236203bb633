package dev.runnel.quickjs;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsException;
import java.util.stream.Collectors;

/** Turns errors of one side into errors of the other. */
final class GuestErrors {
  private final QuickJs js;
  private final GuestText text;
  private final Primordials primordials;

  GuestErrors(QuickJs js, GuestText text, Primordials primordials) {
    this.js = js;
    this.text = text;
    this.primordials = primordials;
  }

  /** The JavaScript error that a host function's failure becomes; the caller owns it. */
  long create(HostError error) {
    long[] arguments = {
      text.write(error.kind().name()),
      text.write(error.code()),
      text.write(error.guestMessage()),
      text.write(error.syscall()),
      text.write(error.path())
    };
    try {
      return js.call(primordials.makeError(), arguments);
    } finally {
      for (long argument : arguments) {
        js.free(argument);
      }
    }
  }

  /** Throws what the context's pending exception is, as Java sees it. */
  JsException takePending() {
    return take(js.takeException());
  }

  /** Takes a thrown value. Reading its name and message may run the guest's own getters. */
  JsException take(long thrown) {
    try {
      return describe(thrown);
    } finally {
      js.free(thrown);
    }
  }

  private JsException describe(long thrown) {
    if (!isErrorLike(thrown)) {
      return new JsException("", printed(thrown), "");
    }
    return new JsException(
        property(thrown, "name"), property(thrown, "message"), frames(property(thrown, "stack")));
  }

  /** A DOMException has a name, a message and a stack without being an Error to QuickJS. */
  private boolean isErrorLike(long thrown) {
    return Value.tag(thrown) == Value.TAG_OBJECT
        && (js.isError(thrown) || !property(thrown, "stack").isEmpty());
  }

  private String property(long object, String name) {
    try {
      long value = js.property(object, name);
      try {
        return Value.tag(value) == Value.TAG_UNDEFINED ? "" : text.convert(value);
      } finally {
        js.free(value);
      }
    } catch (GuestThrow unreadable) {
      js.free(js.takeException());
      return "";
    }
  }

  private String printed(long value) {
    try {
      return text.convert(value);
    } catch (GuestThrow unprintable) {
      js.free(js.takeException());
      return Value.tag(value) == Value.TAG_SYMBOL ? "Symbol()" : "[object]";
    }
  }

  /** Without the first lines, where a program may have put the message as V8 does. */
  private static String frames(String stack) {
    return stack
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("at "))
        .collect(Collectors.joining("\n"));
  }
}
