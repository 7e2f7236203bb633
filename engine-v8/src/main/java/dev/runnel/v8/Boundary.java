package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.primitive.V8ValueString;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValueObject;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Java's half of the boundary: the guest functions of {@code boundary.js} and what crosses to them.
 */
final class Boundary {
  static final String NAME = "engine:boundary";

  /** The functions that {@code boundary.js} returns. */
  enum Guest {
    defineHidden,
    describe,
    enter,
    enterVoid,
    forget,
    hold,
    hostModule,
    importFrom,
    importMeta,
    isolateModule,
    pair,
    rebuildError,
    sendResult,
    start,
    takeJobError,
    takeRejection,
    takeRejectionFrame,
    takeThrown,
    trackRejection
  }

  private static final String SOURCE = source("boundary.js");

  /** What QuickJS has and V8 leaves to its embedder. */
  private static final List<String> GLOBALS =
      List.of(source("dom_exception.js"), source("base64.js"));

  private final V8Runtime runtime;
  private final Words words = new Words();
  private final HandleTable handles = new HandleTable();
  private final TextRoom texts;
  private final Values values;
  private final Map<Guest, V8ValueFunction> functions = new EnumMap<>(Guest.class);

  /** Evaluates {@code boundary.js}, which must be the first thing that runs in the context. */
  Boundary(V8Runtime runtime, V8Value dispatch, V8Value mailbox, AsyncContext context)
      throws JavetException {
    this.runtime = runtime;
    for (String globals : GLOBALS) {
      runtime.getExecutor(globals).setResourceName(NAME).executeVoid();
    }
    texts = new TextRoom(runtime);
    values = new Values(runtime, words, handles, texts);
    try (V8ValueFunction setUp = runtime.getExecutor(SOURCE).setResourceName(NAME).execute();
        V8Value memory = runtime.createV8ValueArrayBuffer(words.memory());
        V8ValueObject found =
            setUp.call(
                null,
                dispatch,
                memory,
                mailbox,
                texts.encode(),
                number(texts.size()),
                context.getter(),
                context.setter())) {
      for (Guest name : Guest.values()) {
        functions.put(name, found.get(name.name()));
      }
    }
  }

  V8Runtime runtime() {
    return runtime;
  }

  Words words() {
    return words;
  }

  Values values() {
    return values;
  }

  /** Calls one of the functions; the caller closes the result. */
  <T extends V8Value> T call(Guest function, V8Value... arguments) throws JavetException {
    return Objects.requireNonNull(functions.get(function)).call(null, arguments);
  }

  void callVoid(Guest function, V8Value... arguments) throws JavetException {
    Objects.requireNonNull(functions.get(function)).callVoid(null, arguments);
  }

  V8Value text(String text) throws JavetException {
    return runtime.createV8ValueString(text);
  }

  V8Value number(int number) throws JavetException {
    return runtime.createV8ValueInteger(number);
  }

  /** Lets the guest reuse the numbers of handles that are gone. */
  void sweepHandles() {
    handles.sweep(
        number -> {
          try {
            callVoid(Guest.forget, number(number));
          } catch (JavetException e) {
            throw new IllegalStateException("A handle could not be freed.", e);
          }
        });
  }

  // ---- Errors ----

  /** The texts of a HostError, for {@code makeError} to take apart. */
  V8Value write(HostError error) throws JavetException {
    String[] parts = {error.kind().name(), error.code(), error.syscall(), error.path()};
    for (int i = 0; i < parts.length; i++) {
      words.length(i, parts[i].length());
    }
    return text(String.join("", parts) + error.guestMessage());
  }

  /** What the guest's {@code describe} returned. */
  JsException readDescription(@Nullable V8Value crossed) {
    String text = crossed instanceof V8ValueString string ? string.getValue() : "";
    int name = Math.min(words.length(0), text.length());
    int message = Math.min(name + words.length(1), text.length());
    return new JsException(
        text.substring(0, name), text.substring(name, message), frames(text.substring(message)));
  }

  /**
   * A thrown value, as Java sees it. Reading its name and message may run the guest's own getters.
   */
  JsException describe(V8Value thrown) throws JavetException {
    try (V8Value described = call(Guest.describe, thrown)) {
      return readDescription(described);
    }
  }

  /** The JavaScript error that stands for one that V8 only told Java about. */
  V8Value rebuild(JsException error) throws JavetException {
    String stack = error.getMessage() + "\n    " + error.guestStack().replace("\n", "\n    ");
    return call(
        Guest.rebuildError,
        text(error.name().isEmpty() ? "Error" : error.name()),
        text(error.text()),
        text(stack));
  }

  /** The guest's own frames. */
  static String frames(String stack) {
    return stack
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("at ") && !line.contains(NAME))
        .collect(Collectors.joining("\n"));
  }

  static String source(String file) {
    try (InputStream in = Boundary.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
