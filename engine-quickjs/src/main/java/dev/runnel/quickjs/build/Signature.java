package dev.runnel.quickjs.build;

import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * Function types written as in {@code "ilii>l"}: i for i32, l for i64, parameters before the sign
 * and results behind it.
 */
public final class Signature {
  private Signature() {}

  public static FunctionType of(String text) {
    String[] sides = text.split(">", -1);
    return FunctionType.of(types(sides[0]), types(sides[1]));
  }

  private static List<ValType> types(String letters) {
    return letters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
  }
}
