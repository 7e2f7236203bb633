package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.utils.JavetResourceUtils;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.primitive.V8ValueBoolean;
import com.caoccao.javet.values.primitive.V8ValueDouble;
import com.caoccao.javet.values.primitive.V8ValueInteger;
import com.caoccao.javet.values.primitive.V8ValueNull;
import com.caoccao.javet.values.primitive.V8ValueString;
import com.caoccao.javet.values.reference.V8ValueArrayBuffer;
import dev.runnel.engine.JsValue;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Turns what crosses, together with its tag in the {@link Words}, into {@link JsValue}s and back.
 */
final class Values {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final V8Runtime runtime;
  private final Words words;
  private final HandleTable handles;
  private final TextRoom texts;

  Values(V8Runtime runtime, Words words, HandleTable handles, TextRoom texts) {
    this.runtime = runtime;
    this.words = words;
    this.handles = handles;
    this.texts = texts;
  }

  // ---- From the guest ----

  /** Bytes are a window, dead once the guest runs again. */
  JsValue read(V8Value crossed, int index) throws JavetException {
    return switch (words.tag(index)) {
      case Words.PLAIN -> readPlain(crossed);
      case Words.TEXT -> new JsValue.Str(texts.read(words.offset(index), words.byteLength(index)));
      case Words.BYTES -> new JsValue.Bytes(window(crossed, index));
      case Words.OBJECT -> handles.add(number(crossed), "object");
      case Words.BIG_INT -> new JsValue.BigInt(new BigInteger(crossed.toString()));
      case Words.FUNCTION -> handles.add(number(crossed), "function");
      default -> handles.add(number(crossed), "symbol");
    };
  }

  /** Like {@link #read} for the first value, with bytes copied. */
  JsValue take(V8Value crossed) throws JavetException {
    JsValue value = read(crossed, 0);
    return value instanceof JsValue.Bytes(var window) ? new JsValue.Bytes(copy(window)) : value;
  }

  /** A handle for an object that the guest has numbered. */
  JsValue.Handle handle(int number) {
    return handles.add(number, "object");
  }

  static int number(V8Value crossed) {
    return ((V8ValueInteger) crossed).getValue();
  }

  private static JsValue readPlain(V8Value crossed) {
    return switch (crossed) {
      case V8ValueString text -> new JsValue.Str(text.getValue());
      case V8ValueInteger integer -> new JsValue.Num(integer.getValue());
      case V8ValueDouble number -> new JsValue.Num(number.getValue());
      case V8ValueBoolean bool -> JsValue.of(bool.getValue().booleanValue());
      case V8ValueNull _ -> JsValue.NULL;
      default -> JsValue.UNDEFINED;
    };
  }

  private ByteBuffer window(V8Value crossed, int index) {
    int length = words.byteLength(index);
    return switch (crossed) {
      case V8ValueArrayBuffer buffer -> buffer.getByteBuffer().slice(words.offset(index), length);
      default -> NO_BYTES;
    };
  }

  private static ByteBuffer copy(ByteBuffer window) {
    return ByteBuffer.allocate(window.remaining()).put(window).flip();
  }

  // ---- To the guest ----

  /** The caller closes it. */
  V8Value write(JsValue value, int index) throws JavetException {
    words.tag(index, tag(value));
    return written(value);
  }

  private V8Value written(JsValue value) throws JavetException {
    return switch (value) {
      case JsValue.Undefined() -> runtime.createV8ValueUndefined();
      case JsValue.Null() -> runtime.createV8ValueNull();
      case JsValue.Bool(var bool) -> runtime.createV8ValueBoolean(bool);
      case JsValue.Num(var number) -> writeNumber(number);
      case JsValue.BigInt(var number) -> runtime.createV8ValueString(number.toString());
      case JsValue.Str(var text) -> runtime.createV8ValueString(text);
      case JsValue.Bytes(var bytes) -> writeBytes(bytes);
      case JsValue.Handle handle -> runtime.createV8ValueInteger(handles.number(handle));
    };
  }

  /** Those of a call's arguments that cross; integers don't, since that costs more than a word. */
  V8Value[] writeArguments(JsValue[] values) throws JavetException {
    int crossing = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof JsValue.Num(var number) && isInteger(number)) {
        words.integer(i, (int) number);
      } else {
        words.crossing(i, tag(values[i]), crossing++);
      }
    }
    V8Value[] written = new V8Value[crossing];
    for (int i = 0, next = 0; i < values.length; i++) {
      if (words.tag(i) != Words.INTEGER) {
        written[next++] = written(values[i]);
      }
    }
    return written;
  }

  static void close(V8Value[] values) {
    for (V8Value value : values) {
      close(value);
    }
  }

  static void close(V8Value value) {
    if (value instanceof AutoCloseable) {
      JavetResourceUtils.safeClose(value);
    }
  }

  private static int tag(JsValue value) {
    return switch (value) {
      case JsValue.Bytes _ -> Words.BYTES;
      case JsValue.Handle _ -> Words.OBJECT;
      case JsValue.BigInt _ -> Words.BIG_INT;
      default -> Words.PLAIN;
    };
  }

  private V8Value writeNumber(double number) throws JavetException {
    return isInteger(number)
        ? runtime.createV8ValueInteger((int) number)
        : runtime.createV8ValueDouble(number);
  }

  private static boolean isInteger(double number) {
    return Double.doubleToRawLongBits((int) number) == Double.doubleToRawLongBits(number);
  }

  private V8Value writeBytes(ByteBuffer bytes) throws JavetException {
    V8ValueArrayBuffer buffer = runtime.createV8ValueArrayBuffer(bytes.remaining());
    if (bytes.hasRemaining()) {
      buffer.getByteBuffer().put(bytes.duplicate());
    }
    return buffer;
  }
}
