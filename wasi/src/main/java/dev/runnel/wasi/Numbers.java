package dev.runnel.wasi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import run.endive.wasm.types.ValType;
import run.endive.wasm.types.Value;

/** Arguments and results of a function that is called from a command line. */
final class Numbers {
  private static final int DECIMAL = 10;

  private Numbers() {}

  static long[] parse(String function, List<ValType> types, List<String> texts)
      throws WasiException {
    if (types.size() != texts.size()) {
      throw new WasiException(
          "The function \"%s\" takes %d arguments, not %d."
              .formatted(function, types.size(), texts.size()));
    }
    long[] numbers = new long[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = parse(types.get(i), texts.get(i));
    }
    return numbers;
  }

  private static long parse(ValType type, String text) throws WasiException {
    try {
      if (type.equals(ValType.I32)) {
        return text.startsWith("-")
            ? Integer.parseInt(text)
            : Integer.parseUnsignedInt(text, DECIMAL);
      }
      if (type.equals(ValType.I64)) {
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text, DECIMAL);
      }
      if (type.equals(ValType.F32)) {
        return Value.floatToLong(Float.parseFloat(text));
      }
      if (type.equals(ValType.F64)) {
        return Value.doubleToLong(Double.parseDouble(text));
      }
    } catch (NumberFormatException e) {
      String name = type.toString().toLowerCase(Locale.ROOT);
      throw new WasiException("\"%s\" is no %s.".formatted(text, name), e);
    }
    throw new WasiException("An argument of type %s can't be written here.".formatted(type));
  }

  static List<String> show(List<ValType> types, long[] results) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      texts.add(show(types.get(i), results[i]));
    }
    return texts;
  }

  private static String show(ValType type, long bits) {
    if (type.equals(ValType.I32)) {
      return Integer.toString((int) bits);
    }
    if (type.equals(ValType.F32)) {
      return Float.toString(Value.longToFloat(bits));
    }
    if (type.equals(ValType.F64)) {
      return Double.toString(Value.longToDouble(bits));
    }
    return Long.toString(bits);
  }
}
