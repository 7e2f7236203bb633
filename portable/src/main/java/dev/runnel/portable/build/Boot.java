package dev.runnel.portable.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.portable.PortableMachine;
import java.util.List;
import java.util.Map;

/**
 * Makes JavaScript's values from Java, for the first script. Raw values are the callee's to keep.
 */
record Boot(PortableMachine machine, int context) {
  private static final int GENERIC = 0;

  /** The global from which the first script takes all that it gets, parts by name included. */
  void giveDriver(List<Primitive> primitives, Map<String, byte[]> parts) {
    long driver = newObject();
    primitives.forEach(primitive -> set(driver, primitive.name(), function(primitive)));
    long bytecode = newObject();
    parts.forEach((name, code) -> set(bytecode, name, bytes(code)));
    set(driver, "parts", bytecode);
    setGlobal("runnelDriver", driver);
  }

  /** A script's completion value. */
  long evaluate(String script) {
    byte[] text = script.getBytes(UTF_8);
    int code = machine.place(text);
    int name = machine.placeText("internal:boot");
    return machine.value("JS_Eval", context, code, text.length, name, 0);
  }

  private long newObject() {
    return machine.call("JS_NewObject", context);
  }

  private long function(Primitive primitive) {
    int name = machine.placeText(primitive.name());
    long function =
        machine.call(
            "JS_NewCFunction2", context, primitive.slot(), name, primitive.length(), GENERIC, 0);
    machine.free(name);
    return function;
  }

  /** A Uint8Array. */
  private long bytes(byte[] content) {
    int at = machine.place(content);
    long array = machine.call("JS_NewUint8ArrayCopy", context, at, content.length);
    machine.free(at);
    return array;
  }

  /** Takes the value. */
  private void set(long object, String property, long value) {
    int name = machine.placeText(property);
    machine.call("JS_SetPropertyStr", context, object, name, value);
    machine.free(name);
  }

  /** Takes the value. */
  private void setGlobal(String property, long value) {
    long global = machine.call("JS_GetGlobalObject", context);
    set(global, property, value);
    machine.call("JS_FreeValue", context, global);
  }
}
