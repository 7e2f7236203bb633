package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.exceptions.JavetTerminatedException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.callback.IJavetDirectCallable;
import com.caoccao.javet.interop.callback.JavetCallbackContext;
import com.caoccao.javet.interop.callback.JavetCallbackType;
import com.caoccao.javet.values.V8Value;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java functions that a guest can call, by number, all through one callback. A failure that is
 * not the program's stops the guest; what it was waits here for whoever called the guest.
 */
final class HostCalls {

  /** A function on what crosses: the number of the function itself stands before its arguments. */
  @FunctionalInterface
  interface Raw {
    V8Value call(V8Value[] crossed) throws JavetException;
  }

  private final V8Runtime runtime;
  private final StackLimit stackLimit;
  private final List<Raw> functions = new ArrayList<>();
  private @Nullable Boundary boundary;
  private @Nullable IsolateException failure;

  HostCalls(V8Runtime runtime, StackLimit stackLimit) {
    this.runtime = runtime;
    this.stackLimit = stackLimit;
  }

  /** The guest's one way into Java. */
  V8Value callback() throws JavetException {
    return runtime.createV8ValueFunction(
        new JavetCallbackContext(
            "dispatch",
            JavetCallbackType.DirectCallNoThisAndResult,
            (IJavetDirectCallable.NoThisAndResult<JavetException>) this::dispatch));
  }

  void open(Boundary made) {
    boundary = made;
  }

  /** The number of a function. */
  int addRaw(Raw function) {
    functions.add(function);
    return functions.size() - 1;
  }

  int add(HostFunction function) {
    return addRaw(
        crossed -> {
          JsValue result = function.call(arguments(crossed));
          return boundary().values().write(result, 0);
        });
  }

  private Arguments arguments(V8Value[] crossed) throws JavetException {
    JsValue[] read = new JsValue[crossed.length - 1];
    for (int i = 0; i < read.length; i++) {
      read[i] = boundary().values().read(crossed[i + 1], i);
    }
    return Arguments.of(read);
  }

  private V8Value dispatch(V8Value... crossed) throws JavetException {
    long limit = stackLimit.lower();
    try {
      return call(crossed);
    } finally {
      stackLimit.move(limit);
    }
  }

  private V8Value call(V8Value[] crossed) throws JavetException {
    Words words = boundary().words();
    try {
      return functions.get(Values.number(crossed[0])).call(crossed);
    } catch (HostError error) {
      words.outcome(Words.THREW);
      return boundary().write(error);
    } catch (GuestThrow thrown) {
      words.outcome(Words.THREW_VALUE);
      return thrown.value();
    } catch (JavetTerminatedException stopping) {
      return stop();
    } catch (IsolateException ending) {
      failure = ending;
      return stop();
    } catch (Throwable bug) {
      failure = new IsolateException.Crashed("A host function failed: " + bug.getMessage(), bug);
      return stop();
    }
  }

  private V8Value stop() throws JavetException {
    boundary().words().outcome(Words.STOPPED);
    runtime.terminateExecution();
    return runtime.createV8ValueUndefined();
  }

  /** Why the guest was stopped from within a call of its own. */
  @Nullable IsolateException failure() {
    return failure;
  }

  private Boundary boundary() {
    Boundary made = boundary;
    if (made == null) {
      throw new IllegalStateException("The guest called Java before the boundary was set up.");
    }
    return made;
  }
}
