package dev.runnel.quickjs;

import dev.runnel.engine.JsValue;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Turns raw JSValues into {@link JsValue}s and back. */
final class Values {
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

  private final Guest guest;
  private final QuickJs js;
  private final GuestText text;
  private final Primordials primordials;
  private final HeldValues held;

  Values(Guest guest, QuickJs js, GuestText text, Primordials primordials) {
    this.guest = guest;
    this.js = js;
    this.text = text;
    this.primordials = primordials;
    this.held = new HeldValues(js);
  }

  // ---- From the guest ----

  /** A borrowed value; bytes are a window, dead after the next call into the guest. */
  JsValue read(long value) {
    return switch (Value.tag(value)) {
      case Value.TAG_INT -> new JsValue.Num(Value.payload(value));
      case Value.TAG_FLOAT64 -> new JsValue.Num(Value.toDouble(value));
      case Value.TAG_BOOL -> JsValue.of(Value.payload(value) != 0);
      case Value.TAG_NULL -> JsValue.NULL;
      case Value.TAG_STRING, Value.TAG_STRING_ROPE -> new JsValue.Str(text.read(value));
      case Value.TAG_SHORT_BIG_INT -> new JsValue.BigInt(BigInteger.valueOf(Value.payload(value)));
      case Value.TAG_BIG_INT -> new JsValue.BigInt(new BigInteger(text.convert(value)));
      case Value.TAG_OBJECT -> readObject(value);
      case Value.TAG_SYMBOL -> handle(value, "symbol");
      default -> JsValue.UNDEFINED;
    };
  }

  /** Takes the value. Bytes are a copy. */
  JsValue take(long value) {
    JsValue read = read(value);
    js.free(value);
    return read instanceof JsValue.Bytes(var window) ? new JsValue.Bytes(copy(window)) : read;
  }

  /** A handle for a borrowed value, whatever it is. */
  QuickJsHandle handle(long value) {
    return handle(value, js.isFunction(value) ? "function" : "object");
  }

  private JsValue readObject(long value) {
    int object = Value.payload(value);
    int classId = BytesLayout.classId(guest, object);
    if (BytesLayout.isView(classId)) {
      return new JsValue.Bytes(BytesLayout.view(guest, object));
    }
    if (BytesLayout.isBuffer(classId)) {
      return new JsValue.Bytes(BytesLayout.buffer(guest, object));
    }
    return handle(value);
  }

  private QuickJsHandle handle(long value, String guestType) {
    held.releaseDropped(); // A guest may pass objects for as long as it runs.
    return new QuickJsHandle(held, js.duplicate(value), guestType);
  }

  private static ByteBuffer copy(ByteBuffer window) {
    byte[] bytes = new byte[window.remaining()];
    window.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  // ---- To the guest ----

  /** A raw value that the caller owns. */
  long write(JsValue value) {
    return switch (value) {
      case JsValue.Undefined() -> Value.UNDEFINED;
      case JsValue.Null() -> Value.NULL;
      case JsValue.Bool(var bool) -> Value.of(bool);
      case JsValue.Num(var number) -> Value.of(number);
      case JsValue.Str(var string) -> text.write(string);
      case JsValue.BigInt(var number) -> writeBigInt(number);
      case JsValue.Bytes(var bytes) -> writeBytes(bytes);
      case JsValue.Handle handle -> js.duplicate(((QuickJsHandle) handle).valueIn(held));
    };
  }

  long[] writeAll(JsValue[] values) {
    long[] raw = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      raw[i] = write(values[i]);
    }
    return raw;
  }

  void freeAll(long[] raw) {
    for (long value : raw) {
      js.free(value);
    }
  }

  private long writeBigInt(BigInteger number) {
    if (number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0) {
      return guest.call(Export.JS_NewBigInt64, js.context(), number.longValue());
    }
    long digits = text.write(number.toString());
    try {
      return js.call(primordials.bigInt(), digits);
    } finally {
      js.free(digits);
    }
  }

  private long writeBytes(ByteBuffer bytes) {
    int length = bytes.remaining();
    try (CStack stack = new CStack(guest)) {
      int address = stack.allocate(length);
      guest.window(address, length).put(bytes.duplicate());
      long array = guest.call(Export.JS_NewUint8ArrayCopy, js.context(), address, length);
      if (array == Value.EXCEPTION) {
        throw GuestThrow.PENDING;
      }
      return array;
    }
  }

  // ---- Handles ----

  /** Frees what the handles held that Java has forgotten. */
  void releaseDropped() {
    held.releaseDropped();
  }

  /** From here on, releasing a handle does nothing. */
  void close() {
    held.clear();
  }
}
