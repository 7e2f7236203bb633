package dev.runnel.quickjs;

import dev.runnel.wasm.WindowHost;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.ValType;

/**
 * WebAssembly's values and JavaScript's, each as the other.
 *
 * <p>A number is a long that holds its bits. A reference to anything of JavaScript is an object of
 * Java: null for null, a Long for a value that isn't counted, else a handle.
 *
 * @see <a href="https://webassembly.github.io/spec/js-api/#tojsvalue">ToJSValue,
 *     ToWebAssemblyValue</a>
 */
final class WasmValues {
  private final Guest guest;
  private final QuickJs js;
  private final Values values;
  private final WasmScript script;
  private final WasmFunctions functions;

  WasmValues(Guest guest, QuickJs js, Values values, WasmScript script, WasmFunctions functions) {
    this.guest = guest;
    this.js = js;
    this.values = values;
    this.script = script;
    this.functions = functions;
  }

  /** A type by its name in the JavaScript API. */
  static ValType type(String name) {
    return switch (name) {
      case "i32" -> ValType.I32;
      case "i64" -> ValType.I64;
      case "f32" -> ValType.F32;
      case "f64" -> ValType.F64;
      case "externref" -> ValType.ExternRef;
      case "anyfunc" -> ValType.FuncRef;
      default -> throw new IllegalArgumentException(name);
    };
  }

  static String name(ValType type) {
    if (type.equals(ValType.FuncRef)) {
      return "anyfunc";
    }
    return type.equals(ValType.ExternRef) ? "externref" : type.toString().toLowerCase(Locale.ROOT);
  }

  // ---- To JavaScript; results are the caller's ----

  /**
   * @param user the instance whose value it is; null for one that is no function
   */
  long toJs(ValType type, long number, @Nullable Object reference, @Nullable WasmInstance user) {
    if (type.equals(ValType.I32)) {
      return Value.of(Value.TAG_INT, (int) number);
    }
    if (type.equals(ValType.I64)) {
      return checked(guest.call(Export.JS_NewBigInt64, js.context(), number));
    }
    if (type.equals(ValType.F32)) {
      return Value.of((double) Float.intBitsToFloat((int) number));
    }
    if (type.equals(ValType.F64)) {
      return Value.of(Double.longBitsToDouble(number));
    }
    if (type.equals(ValType.ExternRef)) {
      return referenceToJs(reference);
    }
    if (type.equals(ValType.FuncRef) && user != null) {
      return (int) number == WindowHost.NULL_FUNCTION
          ? Value.NULL
          : functions.object(functions.find(user, (int) number));
    }
    throw script.error(
        WasmScript.Kind.TypeError, "A value of type %s can't pass to JavaScript".formatted(type));
  }

  long referenceToJs(@Nullable Object reference) {
    return switch (reference) {
      case null -> Value.NULL;
      case Long plain -> plain;
      case QuickJsHandle handle -> values.write(handle);
      default -> throw new IllegalStateException("No reference of ours: " + reference.getClass());
    };
  }

  // ---- From JavaScript; arguments are borrowed ----

  /** A number, or a function's number in the instance that gets it. */
  long toNumber(ValType type, long value, @Nullable WasmInstance user) {
    if (type.equals(ValType.I32)) {
      return toInt32(value);
    }
    if (type.equals(ValType.I64)) {
      return toBigInt64(value);
    }
    if (type.equals(ValType.F32)) {
      return Float.floatToRawIntBits((float) toDouble(value));
    }
    if (type.equals(ValType.F64)) {
      return Double.doubleToRawLongBits(toDouble(value));
    }
    if (type.equals(ValType.FuncRef) && user != null) {
      @Nullable WasmFunction function = toFunction(value, user.holder);
      return function == null ? WindowHost.NULL_FUNCTION : functions.number(user, function);
    }
    throw script.error(
        WasmScript.Kind.TypeError, "A value of JavaScript can't become a %s".formatted(type));
  }

  /** The function that a function object stands for; null for null. */
  @Nullable WasmFunction toFunction(long value, long holder) {
    if (Value.tag(value) == Value.TAG_NULL) {
      return null;
    }
    int id = Value.payload(script.call(WasmScript.NUMBER, value, holder));
    if (id < 0) {
      throw script.error(
          WasmScript.Kind.TypeError,
          "WebAssembly objects are opaque: function-typed object expected");
    }
    return functions.byId(id);
  }

  @Nullable Object toReference(long value) {
    if (Value.tag(value) == Value.TAG_NULL) {
      return null;
    }
    return Value.isCounted(value) ? values.handle(value) : (Object) value;
  }

  private int toInt32(long value) {
    if (Value.tag(value) == Value.TAG_INT) {
      return Value.payload(value);
    }
    try (CStack stack = new CStack(guest)) {
      int result = stack.allocate(Long.BYTES);
      checkedStatus(guest.callInt(Export.JS_ToInt32, js.context(), result, value));
      return guest.readInt(result);
    }
  }

  private double toDouble(long value) {
    switch (Value.tag(value)) {
      case Value.TAG_INT:
        return Value.payload(value);
      case Value.TAG_FLOAT64:
        return Value.toDouble(value);
      default:
        break;
    }
    try (CStack stack = new CStack(guest)) {
      int result = stack.allocate(Long.BYTES);
      checkedStatus(guest.callInt(Export.JS_ToFloat64, js.context(), result, value));
      return Double.longBitsToDouble(guest.readLong(result));
    }
  }

  private long toBigInt64(long value) {
    try (CStack stack = new CStack(guest)) {
      int result = stack.allocate(Long.BYTES);
      checkedStatus(guest.callInt(Export.JS_ToBigInt64, js.context(), result, value));
      return guest.readLong(result);
    }
  }

  private static void checkedStatus(int status) {
    if (status < 0) {
      throw GuestThrow.PENDING;
    }
  }

  private static long checked(long value) {
    if (value == Value.EXCEPTION) {
      throw GuestThrow.PENDING;
    }
    return value;
  }
}
