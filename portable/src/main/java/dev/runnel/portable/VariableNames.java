package dev.runnel.portable;

import dev.runnel.portable.HeapLayout.Closure;
import dev.runnel.portable.HeapLayout.Function;
import dev.runnel.portable.HeapLayout.Variable;
import dev.runnel.quickjs.jit.Opcodes;
import dev.runnel.quickjs.jit.Opcodes.Opcode;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * What compiled functions keep of their variables for {@code eval} and for an error: names and
 * scopes. A function without {@code eval} needs the names of those variables alone that may be used
 * before they have a value.
 */
final class VariableNames {
  private static final List<Opcode> OPCODES = Opcodes.all();

  private final ByteBuffer heap;

  VariableNames(ByteBuffer heap) {
    this.heap = heap;
  }

  void removeFrom(int function) {
    BitSet locals = new BitSet();
    BitSet outer = new BitSet();
    if (!evaluates(function, locals, outer)) {
      removeLocals(function, locals);
      removeOuter(function, outer);
    }
  }

  /** Whether it has {@code eval}; if not, which variables it checks. */
  private boolean evaluates(int function, BitSet locals, BitSet outer) {
    int at = heap.getInt(function + Function.CODE);
    int end = at + heap.getInt(function + Function.CODE_BYTES);
    while (at < end) {
      Opcode opcode = OPCODES.get(heap.get(at) & 0xff);
      switch (opcode.name()) {
        case "eval", "apply_eval" -> {
          return true;
        }
        case "get_loc_check", "put_loc_check", "put_loc_check_init" -> locals.set(unsigned(at + 1));
        case "get_var_ref_check", "put_var_ref_check", "put_var_ref_check_init" ->
            outer.set(unsigned(at + 1));
        default -> {}
      }
      at += opcode.size();
    }
    return false;
  }

  private void removeLocals(int function, BitSet named) {
    int arguments = unsigned(function + Function.ARGUMENT_COUNT);
    int count = arguments + unsigned(function + Function.VARIABLE_COUNT);
    int at = heap.getInt(function + Function.VARIABLES);
    for (int i = 0; at != 0 && i < count; i++, at += Function.VARIABLE_BYTES) {
      int name = i >= arguments && named.get(i - arguments) ? heap.getInt(at) : 0;
      byte captured = (byte) (heap.get(at + Variable.FLAGS) & Variable.CAPTURED);
      short reference = captured == 0 ? 0 : heap.getShort(at + Variable.REFERENCE);
      heap.put(at, new byte[Function.VARIABLE_BYTES]);
      heap.putInt(at, name).put(at + Variable.FLAGS, captured);
      heap.putShort(at + Variable.REFERENCE, reference);
    }
  }

  private void removeOuter(int function, BitSet named) {
    int at = heap.getInt(function + Function.CLOSURE);
    for (int i = 0; i < unsigned(function + Function.CLOSURE_COUNT); i++) {
      boolean isGlobal = (heap.get(at) & Closure.TYPE_BITS) >= Closure.TYPE_GLOBAL;
      if (!isGlobal && !named.get(i)) {
        heap.putInt(at + Closure.NAME, 0);
      }
      at += Function.CLOSURE_BYTES;
    }
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(heap.getShort(at));
  }
}
