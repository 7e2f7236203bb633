package dev.runnel.translator.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.Value;

/** The values of test scripts, written {@code type:bits}, as Endive passes them. */
final class SpecValues {
  private SpecValues() {}

  /** References passed as objects are 0 here and stand in {@link #objects}. */
  static long[] longs(List<String> values) {
    return values.stream().mapToLong(SpecValues::parse).toArray();
  }

  static @Nullable Object[] objects(List<String> values) {
    return values.stream()
        .map(value -> type(value).equals("extern") ? (Object) parse(value) : null)
        .toArray();
  }

  private static long parse(String value) {
    String bits = value.substring(value.indexOf(':') + 1);
    return switch (type(value)) {
      case "i32" -> Integer.parseUnsignedInt(bits);
      case "f32" -> Integer.toUnsignedLong(Integer.parseUnsignedInt(bits));
      case "i64", "f64" -> Long.parseUnsignedLong(bits);
      case "null" -> Value.REF_NULL_VALUE;
      case "extern" -> Long.parseLong(bits);
      default -> throw new UnsupportedOperationException("A value like " + value);
    };
  }

  static boolean matches(String expected, @Nullable Object value) {
    if (value == null) {
      return type(expected).equals("null");
    }
    long actual = value instanceof Long number ? number : 0;
    return switch (type(expected)) {
      case "i32", "f32" -> matches32(expected, (int) actual);
      case "f64" -> matches64(expected, actual);
      case "anyextern", "anyfunc" -> actual != Value.REF_NULL_VALUE;
      case "null" -> (int) actual == Value.REF_NULL_VALUE;
      default -> parse(expected) == actual;
    };
  }

  private static boolean matches32(String expected, int actual) {
    return switch (expected) {
      case "f32:nan:canonical" -> (actual & Integer.MAX_VALUE) == 0x7fc00000;
      case "f32:nan:arithmetic" -> (actual & 0x7fc00000) == 0x7fc00000;
      default -> (int) parse(expected) == actual;
    };
  }

  private static boolean matches64(String expected, long actual) {
    long canonical = 0x7ff8000000000000L;
    return switch (expected) {
      case "f64:nan:canonical" -> (actual & Long.MAX_VALUE) == canonical;
      case "f64:nan:arithmetic" -> (actual & canonical) == canonical;
      default -> parse(expected) == actual;
    };
  }

  private static String type(String value) {
    return value.substring(0, value.indexOf(':'));
  }
}
