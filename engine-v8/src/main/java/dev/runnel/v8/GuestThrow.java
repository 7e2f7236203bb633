package dev.runnel.v8;

import com.caoccao.javet.values.V8Value;

/**
 * Carries a JavaScript error through Java to the guest function that asked; closed by who throws it
 * there.
 */
final class GuestThrow extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient V8Value value;

  GuestThrow(V8Value value) {
    super(null, null, false, false);
    this.value = value;
  }

  V8Value value() {
    return value;
  }
}
