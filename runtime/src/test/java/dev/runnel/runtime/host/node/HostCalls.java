package dev.runnel.runtime.host.node;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Calls a host module's functions as a guest would. */
record HostCalls(HostModule module) {

  JsValue call(String function, JsValue... arguments) {
    return Objects.requireNonNull(module.functions().get(function)).call(Arguments.of(arguments));
  }

  /** The same with Java's own values. */
  JsValue with(String function, Object... arguments) {
    JsValue[] values = new JsValue[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] =
          switch (arguments[i]) {
            case String text -> JsValue.of(text);
            case Boolean value -> JsValue.of(value);
            case Number number -> JsValue.of(number.doubleValue());
            case byte[] bytes -> JsValue.of(bytes);
            default -> throw new IllegalArgumentException(String.valueOf(arguments[i]));
          };
    }
    return call(function, values);
  }

  static byte[] bytes(JsValue value) {
    ByteBuffer window = ((JsValue.Bytes) value).value().duplicate();
    byte[] bytes = new byte[window.remaining()];
    window.get(bytes);
    return bytes;
  }
}
