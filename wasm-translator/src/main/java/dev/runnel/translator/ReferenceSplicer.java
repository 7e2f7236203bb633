package dev.runnel.translator;

import java.util.Set;
import java.util.function.IntPredicate;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * In code for windows, sends what moves references to functions, and what compares tags, to {@link
 * dev.runnel.wasm.WindowAccess}, which tells instances apart.
 */
final class ReferenceSplicer {
  private static final Set<String> SPLICED =
      Set.of("tableGet", "tableSet", "tableGrow", "tableFill", "exceptionMatches");

  private final String accessors;
  private final MemoryShape shape;
  private final IntPredicate holdsFunction;

  /**
   * @param holdsFunction whether the global of that index holds a function
   */
  ReferenceSplicer(String accessors, MemoryShape shape, IntPredicate holdsFunction) {
    this.accessors = accessors;
    this.shape = shape;
    this.holdsFunction = holdsFunction;
  }

  void apply(MethodNode method) {
    for (MethodInsnNode call : FunctionCode.calls(method)) {
      if (!call.owner.equals(accessors)) {
        continue;
      }
      if (SPLICED.contains(call.name)) {
        call.owner = shape.access();
      } else if (call.name.equals("readGlobal") && isOfFunction(call)) {
        call.owner = shape.access();
        call.name = "readFunction";
      } else if (call.name.equals("writeGlobal") && isOfFunction(call)) {
        call.owner = shape.access();
        call.name = "writeFunction";
      }
    }
  }

  /** The compiler pushes the global's index, then the instance. */
  private boolean isOfFunction(MethodInsnNode call) {
    AbstractInsnNode index = FunctionCode.before(FunctionCode.before(call));
    return FunctionCode.pushed(index).stream().anyMatch(holdsFunction);
  }
}
