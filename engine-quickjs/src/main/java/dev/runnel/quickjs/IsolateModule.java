package dev.runnel.quickjs;

import dev.runnel.engine.HostError;
import dev.runnel.quickjs.HostFunctions.GuestFunction;
import dev.runnel.quickjs.HostFunctions.Raw;
import dev.runnel.quickjs.HostFunctions.RawArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** {@code host:isolate}, the module that the engine itself offers to built-in JavaScript. */
final class IsolateModule {
  static final String SPECIFIER = "host:isolate";

  private static final int FULFILLED = 1;
  private static final int REJECTED = 2;

  private final Guest guest;
  private final QuickJs js;
  private final GuestText text;
  private final GuestModules modules;
  private final Rejections rejections;
  private final MailboxRegion mailbox;
  private final Map<String, Long> registered;
  private final WasmHost wasm;

  IsolateModule(
      Guest guest,
      QuickJs js,
      GuestText text,
      GuestModules modules,
      Rejections rejections,
      MailboxRegion mailbox,
      Map<String, Long> registered,
      WasmHost wasm) {
    this.guest = guest;
    this.js = js;
    this.text = text;
    this.modules = modules;
    this.rejections = rejections;
    this.mailbox = mailbox;
    this.registered = registered;
    this.wasm = wasm;
  }

  SequencedMap<String, Raw> functions() {
    SequencedMap<String, Raw> functions = new LinkedHashMap<>();
    functions.put("register", this::register);
    functions.put("mailbox", _ -> js.duplicate(mailbox.buffer()));
    functions.put("flush", this::flush);
    functions.put("evaluate", this::evaluate);
    functions.put("requireModule", this::requireModule);
    functions.put("contextFrame", new GuestFunction(TableSlot.GET_FRAME, 0));
    functions.put("setContextFrame", new GuestFunction(TableSlot.SET_FRAME, 1));
    functions.put("promiseDetails", this::promiseDetails);
    functions.put("proxyDetails", this::proxyDetails);
    functions.put("collectGarbage", this::collectGarbage);
    functions.put("withHeadroom", this::withHeadroom);
    functions.put("webAssembly", this::webAssembly);
    return functions;
  }

  /** The functions that the guest registered; the values are this module's. */
  Map<String, Long> registered() {
    return registered;
  }

  private long register(RawArguments arguments) {
    long function = arguments.at(1);
    if (!js.isFunction(function)) {
      throw HostError.type("ERR_INVALID_ARG_TYPE", "register needs a function to register.");
    }
    Long replaced = registered.put(text.convert(arguments.at(0)), js.duplicate(function));
    if (replaced != null) {
      js.free(replaced);
    }
    return Value.UNDEFINED;
  }

  private long flush(RawArguments arguments) {
    mailbox.flush();
    return Value.UNDEFINED;
  }

  /** The source never leaves the guest's memory. */
  private long evaluate(RawArguments arguments) {
    long firstLine = arguments.at(2);
    QuickJs.Origin origin =
        new QuickJs.Origin(
            text.convert(arguments.at(0)),
            Value.tag(firstLine) == Value.TAG_INT ? Value.payload(firstLine) : 1);
    try (CStack stack = new CStack(guest)) {
      int length = stack.allocate(Integer.BYTES);
      int source = guest.callInt(Export.JS_ToCStringLen2, js.context(), length, arguments.at(1), 0);
      if (source == 0) {
        throw GuestThrow.PENDING;
      }
      try {
        return js.evaluate(origin, source, guest.readInt(length), QuickJs.EVAL_SCRIPT);
      } finally {
        guest.call(Export.JS_FreeCString, js.context(), source);
      }
    }
  }

  private long requireModule(RawArguments arguments) {
    String name = text.convert(arguments.at(0));
    GuestModules.Started started = modules.evaluate(name);
    js.markHandled(started.promise());
    rejections.forget(started.promise());
    try {
      return finished(name, started);
    } finally {
      js.free(started.promise());
    }
  }

  private long finished(String name, GuestModules.Started started) {
    int state = js.promiseState(started.promise());
    if (state == FULFILLED) {
      return started.namespace();
    }
    js.free(started.namespace());
    if (state == REJECTED) {
      js.setException(js.promiseResult(started.promise()));
      throw GuestThrow.PENDING;
    }
    throw HostError.error(
        "ERR_REQUIRE_ASYNC_MODULE",
        "require() cannot be used on an ES module with top-level await. Use import() instead. It is"
            + " %s.",
        name);
  }

  private long promiseDetails(RawArguments arguments) {
    long promise = arguments.at(0);
    return js.isPromise(promise)
        ? js.newArray(Value.of(js.promiseState(promise)), js.promiseResult(promise))
        : Value.UNDEFINED;
  }

  private long proxyDetails(RawArguments arguments) {
    long proxy = arguments.at(0);
    return js.isProxy(proxy)
        ? js.newArray(js.proxyTarget(proxy), js.proxyHandler(proxy))
        : Value.UNDEFINED;
  }

  private long withHeadroom(RawArguments arguments) {
    long function = arguments.at(0);
    if (!js.isFunction(function)) {
      throw HostError.type("ERR_INVALID_ARG_TYPE", "withHeadroom needs a function.");
    }
    return js.newHeadroomFunction(function);
  }

  private long webAssembly(RawArguments arguments) {
    long make = wasm.evaluateScript();
    long host = modules.hostObject(WasmHost.SPECIFIER);
    try {
      return js.call(make, host);
    } finally {
      js.free(host);
      js.free(make);
    }
  }

  private long collectGarbage(RawArguments arguments) {
    js.collectGarbage();
    return Value.UNDEFINED;
  }
}
