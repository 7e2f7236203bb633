package dev.runnel.v8;

import com.caoccao.javet.entities.JavetEntityError;
import com.caoccao.javet.exceptions.BaseJavetScriptingException;
import com.caoccao.javet.exceptions.JavetCompilationException;
import com.caoccao.javet.exceptions.JavetScriptingError;
import dev.runnel.engine.JsException;
import java.util.Map;
import java.util.Objects;

/**
 * What Javet tells about a script that didn't compile or that threw: texts, no longer the thrown
 * value.
 */
final class ScriptErrors {
  private ScriptErrors() {}

  static JsException read(BaseJavetScriptingException failed) {
    JavetScriptingError error = failed.getScriptingError();
    return switch (error.getContext()) {
      case JavetEntityError thrown -> readError(failed, error, thrown);
      case Map<?, ?> thrown when thrown.get("stack") instanceof String stack ->
          new JsException(
              text(thrown.get("name")), text(thrown.get("message")), Boundary.frames(stack));
      case Map<?, ?> _ -> new JsException("", "[object Object]", "");
      case null -> new JsException("", "An error that can't be read.", "");
      case Object thrown -> new JsException("", thrown.toString(), "");
    };
  }

  private static JsException readError(
      BaseJavetScriptingException failed, JavetScriptingError error, JavetEntityError thrown) {
    String message = text(thrown.getMessage());
    String name = name(text(thrown.getDetailedMessage()), message);
    String frames = Boundary.frames(text(thrown.getStack()));
    boolean isAtPlace = failed instanceof JavetCompilationException || frames.isEmpty();
    return new JsException(name, message, isAtPlace ? place(error, frames) : frames);
  }

  /** {@code String(error)} is the name, a colon and the message, or one of them alone. */
  private static String name(String printed, String message) {
    if (message.isEmpty()) {
      return printed;
    }
    return printed.endsWith(": " + message)
        ? printed.substring(0, printed.length() - message.length() - 2)
        : "";
  }

  private static String place(JavetScriptingError error, String frames) {
    String place =
        "at %s:%d:%d"
            .formatted(error.getResourceName(), error.getLineNumber(), error.getStartColumn() + 1);
    return frames.isEmpty() ? place : place + "\n" + frames;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return Objects.toString(value, "");
  }
}
