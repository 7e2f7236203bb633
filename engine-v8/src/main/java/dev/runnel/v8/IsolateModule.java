package dev.runnel.v8;

import com.caoccao.javet.exceptions.BaseJavetScriptingException;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.V8ScriptOrigin;
import com.caoccao.javet.interop.executors.IV8Executor;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.primitive.V8ValueInteger;
import com.caoccao.javet.values.reference.V8Script;
import com.caoccao.javet.values.reference.V8ValueObject;
import com.caoccao.javet.values.reference.V8ValuePromise;
import com.caoccao.javet.values.reference.V8ValueProxy;
import dev.runnel.engine.HostError;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** {@code host:isolate}, the module that the engine itself offers to built-in JavaScript. */
final class IsolateModule {
  private static final String SPECIFIER = "host:isolate";

  private final V8Runtime runtime;
  private final Boundary boundary;
  private final Modules modules;
  private final Runnable flush;
  private final Map<String, Integer> registered = new HashMap<>();

  IsolateModule(Boundary boundary, Modules modules, HostCalls calls, Runnable flush)
      throws JavetException {
    this.runtime = boundary.runtime();
    this.boundary = boundary;
    this.modules = modules;
    this.flush = flush;
    modules.add(SPECIFIER, exports(calls));
  }

  private V8ValueObject exports(HostCalls calls) throws JavetException {
    HostCalls.Raw[] functions = {
      this::register,
      this::flush,
      this::evaluate,
      this::requireModule,
      this::promiseDetails,
      this::proxyDetails,
      this::collectGarbage
    };
    V8Value[] numbers = new V8Value[functions.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = boundary.number(calls.addRaw(functions[i]));
    }
    return boundary.call(Boundary.Guest.isolateModule, numbers);
  }

  /** The number that stands for a registered name. */
  OptionalInt registered(String name) {
    Integer number = registered.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private V8Value register(V8Value[] crossed) throws JavetException {
    int next = registered.size();
    return boundary.number(registered.computeIfAbsent(crossed[1].toString(), _ -> next));
  }

  private V8Value flush(V8Value[] crossed) throws JavetException {
    flush.run();
    return runtime.createV8ValueUndefined();
  }

  private V8Value evaluate(V8Value[] crossed) throws JavetException {
    try {
      V8ScriptOrigin origin = new V8ScriptOrigin(crossed[1].toString());
      origin.setResourceLineOffset(((V8ValueInteger) crossed[3]).getValue() - 1);
      return evaluate(origin, crossed[2].toString());
    } catch (BaseJavetScriptingException failed) {
      throw new GuestThrow(boundary.rebuild(ScriptErrors.read(failed)));
    }
  }

  /** The completion value, which the caller closes. */
  V8Value evaluate(String name, String source) throws JavetException {
    return evaluate(new V8ScriptOrigin(name), source);
  }

  private V8Value evaluate(V8ScriptOrigin origin, String source) throws JavetException {
    IV8Executor executor =
        runtime
            .getExecutor(modules.script(origin.getResourceName(), source))
            .setResourceName(origin.getResourceName());
    executor.getV8ScriptOrigin().setResourceLineOffset(origin.getResourceLineOffset());
    try (V8Script script = executor.compileV8Script()) {
      return script.execute(true);
    }
  }

  private V8Value requireModule(V8Value[] crossed) throws JavetException {
    String name = crossed[1].toString();
    Modules.Started started = startRequired(name);
    try (V8ValuePromise promise = started.promise();
        V8ValueObject _ = started.stub()) {
      promise.markAsHandled();
      return switch (promise.getState()) {
        case V8ValuePromise.STATE_FULFILLED -> started.namespace();
        case V8ValuePromise.STATE_REJECTED -> throw new GuestThrow(promise.getResult());
        default ->
            throw HostError.error(
                "ERR_REQUIRE_ASYNC_MODULE",
                "require() cannot be used on an ES module with top-level await. Use import()"
                    + " instead. It is %s.",
                name);
      };
    }
  }

  private Modules.Started startRequired(String name) throws JavetException {
    try {
      return modules.start(name);
    } catch (dev.runnel.engine.JsException broken) {
      throw new GuestThrow(boundary.rebuild(broken));
    }
  }

  private V8Value promiseDetails(V8Value[] crossed) throws JavetException {
    if (!(crossed[1] instanceof V8ValuePromise promise)) {
      return runtime.createV8ValueUndefined();
    }
    int state = promise.getState();
    try (V8Value result =
        state == V8ValuePromise.STATE_PENDING
            ? runtime.createV8ValueUndefined()
            : promise.getResult()) {
      return boundary.call(Boundary.Guest.pair, boundary.number(state), result);
    }
  }

  private V8Value proxyDetails(V8Value[] crossed) throws JavetException {
    if (!(crossed[1] instanceof V8ValueProxy proxy)) {
      return runtime.createV8ValueUndefined();
    }
    try (V8ValueObject target = (V8ValueObject) proxy.getTarget();
        V8ValueObject handler = (V8ValueObject) proxy.getHandler()) {
      return boundary.call(Boundary.Guest.pair, target, handler);
    }
  }

  private V8Value collectGarbage(V8Value[] crossed) {
    runtime.lowMemoryNotification();
    return runtime.createV8ValueUndefined();
  }
}
