package dev.runnel.wasm;

/**
 * Minimum, maximum and rounding as WebAssembly defines them. Java's return a signaling NaN as it
 * came; here it comes out quiet. The translator splices these in place of Endive's, under the same
 * names.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/numerics.html#op-fmin">fmin</a>
 */
public final class FloatMath {
  private FloatMath() {}

  public static float F32_MIN(float a, float b) {
    float least = Math.min(a, b);
    return quiet(least);
  }

  public static float F32_MAX(float a, float b) {
    float most = Math.max(a, b);
    return quiet(most);
  }

  public static double F64_MIN(double a, double b) {
    double least = Math.min(a, b);
    return quiet(least);
  }

  public static double F64_MAX(double a, double b) {
    double most = Math.max(a, b);
    return quiet(most);
  }

  public static double F64_FLOOR(double value) {
    return quiet(Math.floor(value));
  }

  public static double F64_CEIL(double value) {
    return quiet(Math.ceil(value));
  }

  /** Towards zero. */
  public static double F64_TRUNC(double value) {
    return quiet(value < 0 ? Math.ceil(value) : Math.floor(value));
  }

  private static float quiet(float value) {
    int quietBit = 1 << 22;
    return Float.isNaN(value)
        ? Float.intBitsToFloat(Float.floatToRawIntBits(value) | quietBit)
        : value;
  }

  private static double quiet(double value) {
    long quietBit = 1L << 51;
    return Double.isNaN(value)
        ? Double.longBitsToDouble(Double.doubleToRawLongBits(value) | quietBit)
        : value;
  }
}
