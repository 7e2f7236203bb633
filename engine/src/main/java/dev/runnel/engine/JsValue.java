package dev.runnel.engine;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A JavaScript value on the Java side of the boundary. Everything but {@link Bytes} coming from a
 * guest and {@link Handle} is a copy.
 */
public sealed interface JsValue {

  record Undefined() implements JsValue {}

  record Null() implements JsValue {}

  record Bool(boolean value) implements JsValue {}

  record Num(double value) implements JsValue {}

  record BigInt(BigInteger value) implements JsValue {}

  /** UTF-16 text as JavaScript has it: lone surrogates are kept. */
  record Str(String value) implements JsValue {}

  /**
   * The bytes of an ArrayBuffer or a view. As an argument it is a window into the guest's memory,
   * valid only until the host function returns: whoever keeps it copies it. Passed to the guest it
   * is copied into a new Uint8Array.
   */
  record Bytes(ByteBuffer value) implements JsValue {}

  /** A guest object or function that Java only carries. Belongs to one isolate. */
  non-sealed interface Handle extends JsValue {
    /** {@code "function"}, {@code "object"} or {@code "symbol"}. */
    String guestType();

    /** Lets the guest collect the object. A second call does nothing. */
    void release();
  }

  JsValue UNDEFINED = new Undefined();
  JsValue NULL = new Null();
  JsValue TRUE = new Bool(true);
  JsValue FALSE = new Bool(false);

  static JsValue of(String text) {
    return new Str(text);
  }

  static JsValue of(double number) {
    return new Num(number);
  }

  static JsValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static JsValue of(byte[] bytes) {
    return new Bytes(ByteBuffer.wrap(bytes));
  }

  /** The word JavaScript programmers use for this type, for error messages. */
  default String typeName() {
    return switch (this) {
      case Undefined() -> "undefined";
      case Null() -> "null";
      case Bool _ -> "boolean";
      case Num _ -> "number";
      case BigInt _ -> "bigint";
      case Str _ -> "string";
      case Bytes _ -> "Uint8Array";
      case Handle handle -> handle.guestType();
    };
  }
}
