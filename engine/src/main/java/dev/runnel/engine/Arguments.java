package dev.runnel.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The arguments of one call from JavaScript, read by position and checked by type. */
public final class Arguments {
  private static final JsValue[] NONE = {};

  private final JsValue[] values;

  private Arguments(JsValue[] values) {
    this.values = values;
  }

  /** Takes the array as it is: the caller gives it away. */
  public static Arguments of(JsValue... values) {
    return new Arguments(values.length == 0 ? NONE : values);
  }

  public int count() {
    return values.length;
  }

  public JsValue at(int index) {
    return index < values.length ? values[index] : JsValue.UNDEFINED;
  }

  public List<JsValue> all() {
    return List.of(values);
  }

  public String string(int index, String name) {
    return switch (at(index)) {
      case JsValue.Str(var text) -> text;
      case JsValue other -> throw wrongType(name, "string", other);
    };
  }

  public Optional<String> optionalString(int index, String name) {
    return isAbsent(index) ? Optional.empty() : Optional.of(string(index, name));
  }

  public double number(int index, String name) {
    return switch (at(index)) {
      case JsValue.Num(var number) -> number;
      case JsValue other -> throw wrongType(name, "number", other);
    };
  }

  public int integer(int index, String name, int min, int max) {
    return (int) wholeNumber(index, name, min, max);
  }

  /** Exact up to JavaScript's own limit of 2<sup>53</sup>. */
  public long wholeNumber(int index, String name, long min, long max) {
    double number = number(index, name);
    if (number != Math.rint(number) || number < min || number > max) {
      throw HostError.range(
          "ERR_OUT_OF_RANGE",
          "The value of \"%s\" must be an integer from %d to %d. Received %s.",
          name,
          min,
          max,
          number);
    }
    return (long) number;
  }

  public boolean bool(int index, String name) {
    return switch (at(index)) {
      case JsValue.Bool(var value) -> value;
      case JsValue other -> throw wrongType(name, "boolean", other);
    };
  }

  /** A window into the guest's memory, valid during this call only. */
  public ByteBuffer bytes(int index, String name) {
    return switch (at(index)) {
      case JsValue.Bytes(var window) -> window;
      case JsValue other -> throw wrongType(name, "Uint8Array", other);
    };
  }

  /** A copy that the caller may keep. */
  public byte[] copyOfBytes(int index, String name) {
    ByteBuffer window = bytes(index, name);
    byte[] copy = new byte[window.remaining()];
    window.duplicate().get(copy);
    return copy;
  }

  public JsValue.Handle handle(int index, String name) {
    return switch (at(index)) {
      case JsValue.Handle handle -> handle;
      case JsValue other -> throw wrongType(name, "object", other);
    };
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }

  private boolean isAbsent(int index) {
    return at(index) instanceof JsValue.Undefined;
  }

  private static HostError wrongType(String name, String expected, JsValue actual) {
    return HostError.type(
        "ERR_INVALID_ARG_TYPE",
        "The \"%s\" argument must be of type %s. Received %s.",
        name,
        expected,
        actual.typeName());
  }
}
