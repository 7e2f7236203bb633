package dev.runnel.quickjs;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What {@code webassembly.js} does for Java, through the functions it registered. */
final class WasmScript {
  static final String ERROR = "wasm:error";
  static final String ADOPT = "wasm:adopt";
  static final String NUMBER = "wasm:number";
  static final String TRANSFER = "wasm:transfer";
  static final String LIST = "wasm:list";
  static final String EXCEPTION = "wasm:exception";
  static final String EXCEPTION_DETAILS = "wasm:exceptionDetails";

  /** In the order in which the script gives them. */
  static final String[] FUNCTIONS = {
    ERROR, ADOPT, NUMBER, TRANSFER, LIST, EXCEPTION, EXCEPTION_DETAILS
  };

  /** The classes of errors that the script knows. */
  enum Kind {
    CompileError,
    LinkError,
    RuntimeError,
    RangeError,
    TypeError
  }

  private final QuickJs js;
  private final GuestText text;
  private final Map<String, Long> registered;

  /**
   * @param registered the isolate's registered functions: part of its snapshots
   */
  WasmScript(QuickJs js, GuestText text, Map<String, Long> registered) {
    this.js = js;
    this.text = text;
    this.registered = registered;
  }

  /** Takes the function. */
  void register(String name, long function) {
    Long replaced = registered.put(name, function);
    if (replaced != null) {
      js.free(replaced);
    }
  }

  /** The result is the caller's. */
  long call(String function, long... arguments) {
    return js.call(requireNonNull(registered.get(function), function), arguments);
  }

  /** Makes an error the guest's pending exception. */
  GuestThrow error(Kind kind, String message) {
    long name = text.write(kind.name());
    long words = text.write(message);
    try {
      js.setException(call(ERROR, name, words));
    } finally {
      js.free(name);
      js.free(words);
    }
    return GuestThrow.PENDING;
  }
}
