package dev.runnel.translator;

import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Sends minimum, maximum and rounding to {@link dev.runnel.wasm.FloatMath}, which quiets NaNs. */
final class FloatSplicer {
  private static final String OPERATIONS = "run/endive/runtime/OpcodeImpl";
  private static final String FLOAT_MATH = "dev/runnel/wasm/FloatMath";
  private static final Set<String> SPLICED =
      Set.of("F32_MIN", "F32_MAX", "F64_MIN", "F64_MAX", "F64_FLOOR", "F64_CEIL", "F64_TRUNC");

  private FloatSplicer() {}

  static void apply(MethodNode method) {
    for (MethodInsnNode call : FunctionCode.calls(method)) {
      if (call.owner.equals(OPERATIONS) && SPLICED.contains(call.name)) {
        call.owner = FLOAT_MATH;
      }
    }
  }
}
