package dev.runnel.quickjs;

import java.util.Locale;

/** What traps are called, as the specification's tests and other engines have it. */
final class WasmTraps {
  private WasmTraps() {}

  static String message(RuntimeException trap) {
    String said = String.valueOf(trap.getMessage());
    String plain = said.toLowerCase(Locale.ROOT);
    if (plain.contains("unreachable")) {
      return "unreachable";
    }
    if (plain.contains("by zero")) {
      return "divide by zero";
    }
    return said;
  }
}
