package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadByte;
import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;

import dev.runnel.quickjs.jit.Layout.Function;
import dev.runnel.quickjs.jit.Layout.Variable;
import dev.runnel.quickjs.jit.Opcodes.Opcode;
import dev.runnel.wasm.FlatMemory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A function as QuickJS compiled it, copied out of the heap. The guest may have forged it, so every
 * index is checked here, once, against what the function says that it has; what doesn't hold is
 * refused.
 */
final class Bytecode {
  /** Longer ones give methods that HotSpot doesn't compile. */
  private static final int LONGEST = 4000;

  private static final int MOST_VALUES = 400;
  private static final List<Opcode> OPCODES = Opcodes.all();

  private final FlatMemory memory;
  private final int address;
  private final byte[] code;
  private final int flags;
  private final int argumentCount;
  private final int variableCount;
  private final int stackSize;
  private final int varRefCount;
  private final int closureCount;
  private final int constantCount;
  private final BitSet captured = new BitSet();

  Bytecode(FlatMemory memory, int address) {
    this.memory = memory;
    this.address = address;
    flags = unsigned(Function.FLAGS);
    argumentCount = unsigned(Function.ARGUMENT_COUNT);
    variableCount = unsigned(Function.VARIABLE_COUNT);
    stackSize = unsigned(Function.STACK_SIZE);
    varRefCount = unsigned(Function.VAR_REF_COUNT);
    closureCount = unsigned(Function.CLOSURE_COUNT);
    constantCount = memoryReadInt(address + Function.CONSTANT_COUNT, memory);
    int length = memoryReadInt(address + Function.LENGTH, memory);
    refuseIf(length <= 0 || length > LONGEST, "its length");
    refuseIf((flags & Function.KIND) != 0, "a generator or async");
    refuseIf((flags & Function.DERIVED_CONSTRUCTOR) != 0, "a derived class's constructor");
    refuseIf(argumentCount + variableCount + stackSize > MOST_VALUES, "its number of values");
    code = memory.readBytes(codeAddress(), length);
    findCaptured();
  }

  private int unsigned(int offset) {
    return memoryReadShort(address + offset, memory) & 0xffff;
  }

  private void findCaptured() {
    int variables = memoryReadInt(address + Function.VARIABLES, memory);
    for (int i = 0; variables != 0 && i < argumentCount + variableCount; i++) {
      int variable = variables + i * Variable.SIZE;
      if ((memoryReadByte(variable + Variable.FLAGS, memory) & Variable.CAPTURED) != 0) {
        captured.set(i);
      }
    }
    refuseIf(captured.cardinality() != varRefCount, "the number of captured variables");
  }

  static void refuseIf(boolean wrong, String what) {
    if (wrong) {
      throw new RefusedException(what);
    }
  }

  // ---- The function ----

  int address() {
    return address;
  }

  int codeAddress() {
    return memoryReadInt(address + Function.CODE, memory);
  }

  int realm() {
    return memoryReadInt(address + Function.REALM, memory);
  }

  boolean isStrict() {
    return (flags & Function.STRICT) != 0;
  }

  int argumentCount() {
    return argumentCount;
  }

  int variableCount() {
    return variableCount;
  }

  int stackSize() {
    return stackSize;
  }

  int varRefCount() {
    return varRefCount;
  }

  boolean isArgumentCaptured(int index) {
    return captured.get(index);
  }

  boolean isVariableCaptured(int index) {
    return captured.get(argumentCount + index);
  }

  int[] capturedVariables() {
    return captured.stream().filter(i -> i >= argumentCount).map(i -> i - argumentCount).toArray();
  }

  boolean hasCapturedArguments() {
    int first = captured.nextSetBit(0);
    return first >= 0 && first < argumentCount;
  }

  /** Which of the frame's references belongs to a captured variable. */
  int varRefOf(int variable) {
    int variables = memoryReadInt(address + Function.VARIABLES, memory);
    int at = variables + (argumentCount + variable) * Variable.SIZE;
    return index(memoryReadShort(at + Variable.VAR_REF, memory) & 0xffff, varRefCount);
  }

  long constant(int pc) {
    int index = operand(pc);
    index(index, constantCount);
    return memoryReadLong(memoryReadInt(address + Function.CONSTANTS, memory) + index * 8, memory);
  }

  // ---- Its code ----

  int length() {
    return code.length;
  }

  Opcode opcode(int pc) {
    int number = code[pc] & 0xff;
    refuseIf(number == 0 || number >= OPCODES.size(), "an unknown instruction");
    Opcode opcode = OPCODES.get(number);
    refuseIf(opcode.size() > code.length - pc, "an instruction that is cut off");
    return opcode;
  }

  /** The instruction's number, index or constant; the count of a call. */
  int operand(int pc) {
    Opcode opcode = opcode(pc);
    return switch (opcode.format()) {
      case "i8" -> code[pc + 1];
      case "u8", "loc8", "const8" -> code[pc + 1] & 0xff;
      case "i16" -> (short) readShort(pc + 1);
      case "u16", "npop", "npop_u16", "loc", "arg", "var_ref" -> readShort(pc + 1);
      case "i32", "const", "atom", "atom_u8", "atom_u16" -> readInt(pc + 1);
      case "npopx" -> opcode.number() - Opcodes.named("call0").number();
      case "none_loc", "none_arg", "none_var_ref" ->
          opcode.name().charAt(opcode.name().length() - 1) - '0';
      case "none_int" -> opcode.number() - Opcodes.named("push_0").number();
      default -> 0;
    };
  }

  int argument(int pc) {
    return index(operand(pc), argumentCount);
  }

  int variable(int pc) {
    return index(operand(pc), variableCount);
  }

  int closureVariable(int pc) {
    return index(operand(pc), closureCount);
  }

  static int index(int index, int count) {
    refuseIf(index < 0 || index >= count, "an index");
    return index;
  }

  /** Where a jump goes; -1 for what is none. */
  int target(int pc) {
    int target =
        switch (opcode(pc).format()) {
          case "label" -> pc + 1 + readInt(pc + 1);
          case "label8" -> pc + 1 + code[pc + 1];
          case "label16" -> pc + 1 + (short) readShort(pc + 1);
          default -> -1;
        };
    refuseIf(target >= code.length || target < -1, "a jump");
    return target;
  }

  private int readShort(int at) {
    return code[at] & 0xff | (code[at + 1] & 0xff) << 8;
  }

  private int readInt(int at) {
    return readShort(at) | readShort(at + 2) << 16;
  }

  @Override
  public String toString() {
    return "function at %d, %s".formatted(address, Arrays.toString(code));
  }
}
