package dev.runnel.quickjs;

import dev.runnel.engine.JsValue;

/** A guest object that Java holds one reference to. */
final class QuickJsHandle implements JsValue.Handle {
  private final Values values;
  private final long value;
  private final String guestType;
  private boolean released;

  QuickJsHandle(Values values, long value, String guestType) {
    this.values = values;
    this.value = value;
    this.guestType = guestType;
  }

  @Override
  public String guestType() {
    return guestType;
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      values.release(value);
    }
  }

  /** The raw value, still this handle's. */
  long valueIn(Values owner) {
    if (owner != values) {
      throw new IllegalArgumentException("A handle of another isolate was passed to this one.");
    }
    if (released) {
      throw new IllegalArgumentException("A handle was used after its release.");
    }
    return value;
  }

  @Override
  public String toString() {
    return guestType;
  }
}
