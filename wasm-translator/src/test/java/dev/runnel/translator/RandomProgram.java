package dev.runnel.translator;

import static dev.runnel.translator.TestModule.F32;
import static dev.runnel.translator.TestModule.F64;
import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.I64;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * A random module with one function {@code f: i32 i64 → i64} of nested blocks, loops, switches,
 * calls and memory accesses over locals of all types. Loops burn fuel, so it always ends.
 */
final class RandomProgram {
  private static final FunctionType TYPE = FunctionType.of(List.of(I32, I64), List.of(I64));
  private static final FunctionType HELPER = FunctionType.of(List.of(I64), List.of(I64));
  private static final ValType[] TYPES = {I32, I64, F32, F64};

  private final Random random;
  private final CodeBuilder code = CodeBuilder.of(TYPE);
  private final List<List<Integer>> locals = new ArrayList<>();
  private final WasmEditor module = TestModule.withMemory();
  private final int fuel;
  private final int helper;
  private int depth;

  private RandomProgram(long seed) {
    random = new Random(seed);
    fuel = module.addGlobal(I32, 2000);
    helper =
        TestModule.define(
            module,
            "helper",
            HELPER,
            body -> body.get(0).i64(0x9E3779B97F4A7C15L).op(OpCode.I64_MUL));
    for (int i = 0; i < TYPES.length; i++) {
      locals.add(new ArrayList<>());
    }
    locals.get(0).add(0);
    locals.get(1).add(1);
    for (int i = 0; i < 24; i++) {
      locals.get(i % TYPES.length).add(code.local(TYPES[i % TYPES.length]));
    }
  }

  static byte[] of(long seed) {
    RandomProgram program = new RandomProgram(seed);
    program.statements(5, 8);
    program.result();
    int function = program.module.addFunction(TYPE, program.code.toBody());
    program.module.exportFunction("f", function);
    return program.module.toBytes();
  }

  private int local(int type) {
    List<Integer> ofType = locals.get(type);
    return ofType.get(random.nextInt(ofType.size()));
  }

  private void statements(int nesting, int count) {
    for (int i = 0; i < count; i++) {
      statement(nesting);
    }
  }

  private void statement(int nesting) {
    int choice = random.nextInt(nesting > 0 ? 12 : 5);
    switch (choice) {
      case 0, 1, 2 -> assign();
      case 3 -> store();
      case 4 -> maybeBranch();
      case 5, 6 -> conditional(nesting - 1);
      case 7 -> block(nesting - 1);
      case 8, 9 -> loop(nesting - 1);
      default -> choose(nesting - 1);
    }
  }

  private void assign() {
    int type = random.nextInt(TYPES.length);
    expression(type, 3);
    code.set(local(type));
  }

  private void store() {
    expression(0, 1);
    code.i32(0xfff8).op(OpCode.I32_AND);
    expression(1, 2);
    code.memory(OpCode.I64_STORE, 0);
  }

  /** Out of an enclosing block or back to an enclosing loop, which has fuel to check. */
  private void maybeBranch() {
    if (depth > 0) {
      expression(0, 2);
      code.brIf(random.nextInt(depth));
    }
  }

  private void conditional(int nesting) {
    expression(0, 2);
    code.open(OpCode.IF);
    depth++;
    statements(nesting, 1 + random.nextInt(3));
    if (random.nextBoolean()) {
      code.op(OpCode.ELSE);
      statements(nesting, 1 + random.nextInt(3));
    }
    depth--;
    code.end();
  }

  private void block(int nesting) {
    code.open(OpCode.BLOCK);
    depth++;
    statements(nesting, 1 + random.nextInt(4));
    depth--;
    code.end();
  }

  private void loop(int nesting) {
    code.open(OpCode.LOOP);
    depth++;
    code.globalGet(fuel).i32(1).op(OpCode.I32_SUB).globalSet(fuel);
    code.globalGet(fuel).i32(0).op(OpCode.I32_LT_S).open(OpCode.IF);
    result();
    code.op(OpCode.RETURN).end();
    statements(nesting, 1 + random.nextInt(4));
    expression(0, 2);
    code.brIf(0);
    depth--;
    code.end();
  }

  /** A switch over nested blocks, every now and then one wide enough to count as a hub. */
  private void choose(int nesting) {
    int cases = random.nextInt(8) == 0 ? 60 : 2 + random.nextInt(6);
    for (int i = 0; i <= cases; i++) {
      code.open(OpCode.BLOCK);
      depth++;
    }
    expression(0, 2);
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      targets.add(random.nextInt(4) == 0 ? random.nextInt(depth) : i);
    }
    code.brTable(targets, random.nextInt(cases));
    for (int i = 0; i < cases; i++) {
      depth--;
      code.end();
      statements(cases > 10 ? 0 : Math.min(nesting, 1), 1);
      if (random.nextBoolean()) {
        code.br(random.nextInt(cases - i));
      }
    }
    depth--;
    code.end();
  }

  private void expression(int type, int nesting) {
    int choice = random.nextInt(nesting > 0 ? 8 : 3);
    switch (choice) {
      case 0 -> constant(type);
      case 1, 2 -> code.get(local(type));
      case 3, 4 -> binary(type, nesting - 1);
      case 5 -> convert(type, nesting - 1);
      case 6 -> valueOfBlock(type, nesting - 1);
      default -> valueOfIf(type, nesting - 1);
    }
  }

  private void constant(int type) {
    switch (type) {
      case 0 -> code.i32(random.nextInt(100) - 20);
      case 1 -> code.i64(random.nextLong());
      case 2 -> code.f32(random.nextInt(1000) / 8f);
      default -> code.f64(random.nextInt(1000) / 16.0);
    }
  }

  private void binary(int type, int nesting) {
    OpCode[][] operations = {
      {
        OpCode.I32_ADD,
        OpCode.I32_SUB,
        OpCode.I32_MUL,
        OpCode.I32_XOR,
        OpCode.I32_LT_S,
        OpCode.I32_SHR_U
      },
      {
        OpCode.I64_ADD,
        OpCode.I64_SUB,
        OpCode.I64_MUL,
        OpCode.I64_XOR,
        OpCode.I64_ROTL,
        OpCode.I64_AND
      },
      {OpCode.F32_ADD, OpCode.F32_SUB, OpCode.F32_MUL, OpCode.F32_MIN},
      {OpCode.F64_ADD, OpCode.F64_SUB, OpCode.F64_MUL, OpCode.F64_MAX},
    };
    expression(type, nesting);
    expression(type, nesting);
    code.op(operations[type][random.nextInt(operations[type].length)]);
  }

  private void convert(int type, int nesting) {
    switch (type) {
      case 0 -> {
        expression(1, nesting);
        code.op(OpCode.I32_WRAP_I64);
      }
      case 1 -> {
        if (random.nextBoolean()) {
          expression(1, nesting);
          code.call(helper);
        } else {
          expression(0, nesting);
          code.i32(0xfff0).op(OpCode.I32_AND).memory(OpCode.I64_LOAD, random.nextInt(8));
        }
      }
      case 2 -> {
        expression(0, nesting);
        code.op(OpCode.F32_CONVERT_I32_S);
      }
      default -> {
        expression(1, nesting);
        code.op(OpCode.F64_CONVERT_I64_S);
      }
    }
  }

  private void valueOfBlock(int type, int nesting) {
    code.open(OpCode.BLOCK, TYPES[type]);
    depth++;
    expression(type, nesting);
    expression(0, nesting);
    code.brIf(0).op(OpCode.DROP);
    if (random.nextInt(3) == 0) {
      assign();
    }
    depth--;
    expression(type, nesting);
    code.end();
  }

  private void valueOfIf(int type, int nesting) {
    expression(0, nesting);
    code.open(OpCode.IF, TYPES[type]);
    expression(type, nesting);
    code.op(OpCode.ELSE);
    expression(type, nesting);
    code.end();
  }

  /** Mixes all locals; conversions saturate, so that no NaN's bits show. */
  private void result() {
    code.i64(17);
    for (int type = 0; type < TYPES.length; type++) {
      for (int local : locals.get(type)) {
        code.i64(31).op(OpCode.I64_MUL).get(local);
        switch (type) {
          case 0 -> code.op(OpCode.I64_EXTEND_I32_S);
          case 1 -> {}
          case 2 -> code.op(OpCode.I64_TRUNC_SAT_F32_S);
          default -> code.op(OpCode.I64_TRUNC_SAT_F64_S);
        }
        code.op(OpCode.I64_ADD);
      }
    }
  }
}
