package dev.runnel.runtime.host.web;

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

  static JsValue bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return JsValue.of(bytes);
  }

  static byte[] array(JsValue value) {
    ByteBuffer window = ((JsValue.Bytes) value).value().duplicate();
    byte[] bytes = new byte[window.remaining()];
    window.get(bytes);
    return bytes;
  }
}
