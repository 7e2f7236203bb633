package dev.runnel.quickjs;

import dev.runnel.engine.JsValue;

/** A guest object that Java holds one reference to, until it lets go of it or of the handle. */
final class QuickJsHandle implements JsValue.Handle {
  private final HeldValues held;
  private final HeldValues.Reference reference;
  private final String guestType;

  QuickJsHandle(HeldValues held, long value, String guestType) {
    this.held = held;
    this.reference = held.hold(this, value);
    this.guestType = guestType;
  }

  @Override
  public String guestType() {
    return guestType;
  }

  @Override
  public void release() {
    held.release(reference);
  }

  /** The raw value, still this handle's. */
  long valueIn(HeldValues expected) {
    if (held != expected) {
      throw new IllegalArgumentException("A handle of another isolate was passed to this one.");
    }
    return held.value(reference);
  }

  @Override
  public String toString() {
    return guestType;
  }
}
