package dev.runnel.portable.build;

import static run.endive.wasm.types.OpCode.*;

import dev.runnel.portable.HeapLayout;
import dev.runnel.portable.HeapLayout.Arena;
import dev.runnel.portable.HeapLayout.Block;
import dev.runnel.portable.HeapLayout.Function;
import dev.runnel.portable.HeapLayout.Runtime;
import dev.runnel.portable.HeapLayout.Text;
import dev.runnel.portable.PackedMemory;
import dev.runnel.quickjs.build.Signature;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * The function with which a start begins: it spreads the words of {@code PackedMemory} and fills
 * the fields that {@code Folding} has emptied. It goes once over the memory, the blocks of the
 * arenas and the atoms, and needs no stack.
 */
final class Unfolding {
  private static final FunctionType FUNCTION = Signature.of(">");

  private final CodeBuilder code = CodeBuilder.of(FUNCTION);
  private final int folded;
  private final int packed;
  private final int runtime = local();
  private final int list = local();
  private final int bytes = local();
  private final int link = local();
  private final int block = local();
  private final int number = local();
  private final int count = local();
  private final int kind = local();
  private final int object = local();
  private final int string = local();
  private final int at = local();
  private final int end = local();
  private final int atom = local();
  private final int hash = local();

  private Unfolding(int folded, int packed) {
    this.folded = folded;
    this.packed = packed;
  }

  /**
   * Adds the function and answers its index.
   *
   * @param folded a global: the address of JSRuntime's lists of arenas, or 0 when nothing is folded
   * @param packed a global: where the bits are of a memory without its zeros, or 0 when it has them
   */
  static int addTo(WasmEditor module, int folded, int packed) {
    Unfolding unfolding = new Unfolding(folded, packed);
    unfolding.write();
    int function = module.addFunction(FUNCTION, unfolding.code.toBody());
    module.exportFunction("unfold", function);
    return function;
  }

  private int local() {
    return code.local(ValType.I32);
  }

  private void write() {
    code.globalGet(packed).open(IF);
    spread();
    code.i32(0).globalSet(packed).end();
    code.globalGet(folded).tee(runtime).op(I32_EQZ).open(IF).op(RETURN).end();
    code.i32(0).globalSet(folded);
    code.get(runtime).memory(I32_LOAD, Runtime.OBJECTS + 4).set(object);
    code.get(runtime).memory(I32_LOAD, Runtime.STRINGS + 4).set(string);
    fillArenas();
    close(object, Runtime.OBJECTS);
    close(string, Runtime.STRINGS);
    fillAtoms();
  }

  // ---- Forms ----

  /** Runs {@code body} until {@code done}, which leaves a number, leaves another one than 0. */
  private void until(Runnable done, Runnable body) {
    code.open(BLOCK).open(LOOP);
    done.run();
    code.brIf(1);
    body.run();
    code.br(0).end().end();
  }

  private void increase(int local, int by) {
    code.get(local).i32(by).op(I32_ADD).set(local);
  }

  /** The link on the stack becomes a list's last one. */
  private void append(int last) {
    code.set(at);
    code.get(last).get(at).memory(I32_STORE, 0);
    code.get(at).get(last).memory(I32_STORE, 4);
    code.get(at).set(last);
  }

  private void close(int last, int head) {
    code.get(runtime).i32(head).op(I32_ADD).set(at);
    code.get(last).get(at).memory(I32_STORE, 0);
    code.get(at).get(last).memory(I32_STORE, 4);
  }

  // ---- Words ----

  private void spread() {
    int first = PackedMemory.AT + PackedMemory.MASKS;
    code.i32(PackedMemory.AT).memory(I32_LOAD, 0).set(block);
    code.i32(PackedMemory.AT).memory(I32_LOAD, PackedMemory.WORDS).set(object);
    code.i32(first).tee(at);
    code.i32(PackedMemory.AT).memory(I32_LOAD, PackedMemory.GROUPS).op(I32_ADD).set(end);
    until(
        () -> code.get(at).get(end).op(I32_EQ),
        () -> {
          code.get(at).memory(I32_LOAD8_U, 0).tee(kind).op(I32_EQZ).open(IF);
          for (int word = 0; word < PackedMemory.GROUP; word += 2) {
            code.get(block).i64(0).memory(I64_STORE, word * Integer.BYTES);
          }
          code.op(ELSE);
          for (int word = 0; word < PackedMemory.GROUP; word++) {
            spreadWord(word);
          }
          code.end();
          increase(block, PackedMemory.GROUP * Integer.BYTES);
          increase(at, 1);
        });
    code.i32(PackedMemory.AT).set(at);
    until(
        () -> code.get(at).get(end).op(I32_GE_U),
        () -> {
          code.get(at).i32(0).memory(I32_STORE8, 0);
          increase(at, 1);
        });
  }

  private void spreadWord(int word) {
    code.get(kind).i32(1 << word).op(I32_AND).open(IF);
    code.get(block).get(object).memory(I32_LOAD, 0).memory(I32_STORE, word * Integer.BYTES);
    increase(object, Integer.BYTES);
    code.op(ELSE).get(block).i32(0).memory(I32_STORE, word * Integer.BYTES).end();
  }

  // ---- Arenas ----

  private void fillArenas() {
    code.i32(0).set(list);
    until(
        () -> code.get(list).i32(Runtime.ARENA_LISTS).op(I32_GE_U),
        () -> {
          blockBytes();
          code.get(runtime).get(list).i32(3).op(I32_SHL).op(I32_ADD).tee(end);
          code.memory(I32_LOAD, 0).set(link);
          until(
              () -> code.get(link).get(end).op(I32_EQ),
              () -> {
                fillArena();
                code.get(link).memory(I32_LOAD, 0).set(link);
              });
          increase(list, 1);
        });
  }

  /** As {@code HeapLayout.blockBytes}. */
  private void blockBytes() {
    code.get(list).i32(8).op(I32_MUL).i32(16).op(I32_ADD).set(bytes);
    code.get(list).i32(15).op(I32_GE_U).open(IF);
    code.get(list).i32(16).op(I32_MUL).i32(96).op(I32_SUB).set(bytes).end();
    code.get(list).i32(23).op(I32_GE_U).open(IF);
    code.get(list).i32(32).op(I32_MUL).i32(448).op(I32_SUB).set(bytes).end();
  }

  private void fillArena() {
    code.get(link).memory(I32_LOAD16_U, Arena.BLOCK_COUNT - Arena.LINK).set(count);
    code.get(link).i32(Arena.BLOCKS - Arena.LINK).op(I32_ADD).set(block);
    code.i32(0).set(number);
    until(
        () -> code.get(number).get(count).op(I32_EQ),
        () -> {
          fillBlock();
          code.get(block).get(bytes).op(I32_ADD).set(block);
          increase(number, 1);
        });
  }

  private void fillBlock() {
    code.get(block).memory(I32_LOAD16_U, Block.NUMBER).tee(kind);
    code.i32(HeapLayout.FOLDED_FREE).op(I32_AND).open(IF);
    code.get(kind).i32(Block.NONE).op(I32_NE).open(IF);
    code.get(block).get(kind).i32(HeapLayout.FOLDED_FREE).op(I32_XOR);
    code.memory(I32_STORE16, Block.NUMBER).end();
    code.op(ELSE);
    code.get(block).get(number).memory(I32_STORE16, Block.NUMBER);
    code.get(block).memory(I32_LOAD8_U, Block.KIND).tee(kind).open(IF);
    fillContent();
    code.end().end();
  }

  private void fillContent() {
    code.get(kind).i32(HeapLayout.FOLDED_STRING).op(I32_EQ).open(IF);
    code.get(block).i32(0).memory(I32_STORE8, Block.KIND);
    code.get(block).i32(Block.BYTES + Text.LINK).op(I32_ADD);
    append(string);
    code.op(ELSE);
    code.get(block).get(kind).i32(1).op(I32_SUB).memory(I32_STORE8, Block.KIND);
    code.get(block).i32(Block.BYTES).op(I32_ADD);
    append(object);
    code.get(kind).i32(Block.KIND_FUNCTION + 1).op(I32_EQ).open(IF);
    fillFunction();
    code.end().end();
  }

  // ---- Functions ----

  /** Of {@code object}: the parts lie behind each other. */
  private void fillFunction() {
    code.get(object).i32(Function.BYTES).op(I32_ADD).set(at);
    fillAddress(Function.CONSTANTS);
    code.get(at).get(object).memory(I32_LOAD, Function.CONSTANT_COUNT);
    code.i32(Function.CONSTANT_BYTES).op(I32_MUL).op(I32_ADD).set(at);
    code.get(object).memory(I32_LOAD, Function.VARIABLES).open(IF);
    fillAddress(Function.VARIABLES);
    code.get(at).get(object).memory(I32_LOAD16_U, Function.ARGUMENT_COUNT);
    code.get(object).memory(I32_LOAD16_U, Function.VARIABLE_COUNT).op(I32_ADD);
    code.i32(Function.VARIABLE_BYTES).op(I32_MUL).op(I32_ADD).set(at).end();
    fillAddress(Function.CLOSURE);
    code.get(at).get(object).memory(I32_LOAD16_U, Function.CLOSURE_COUNT);
    code.i32(Function.CLOSURE_BYTES).op(I32_MUL).op(I32_ADD).set(at);
    fillAddress(Function.CODE);
  }

  private void fillAddress(int field) {
    code.get(object).memory(I32_LOAD, field).i32(1).op(I32_EQ).open(IF);
    code.get(object).get(at).memory(I32_STORE, field).end();
  }

  // ---- Atoms ----

  private void fillAtoms() {
    code.get(runtime).memory(I32_LOAD, Runtime.ATOMS).set(block);
    code.get(runtime).memory(I32_LOAD, Runtime.ATOM_COUNT).set(count);
    code.i32(0).set(number);
    until(
        () -> code.get(number).get(count).op(I32_EQ),
        () -> {
          code.get(block).get(number).i32(2).op(I32_SHL).op(I32_ADD).memory(I32_LOAD, 0).set(atom);
          code.get(atom).i32(0).op(I32_NE).get(atom).i32(1).op(I32_AND).op(I32_EQZ).op(I32_AND);
          code.open(IF);
          fillAtom();
          code.end();
          increase(number, 1);
        });
  }

  private void fillAtom() {
    code.get(atom).memory(I32_LOAD, Text.HASH).tee(kind).i32(Text.ATOM_SHIFT).op(I32_SHR_U);
    code.i32(Text.ATOM_SYMBOL).op(I32_NE).open(IF);
    code.get(kind).i32(Text.HASH_BITS).op(I32_AND).tee(hash).op(I32_EQZ).open(IF);
    hash();
    code.get(atom).get(kind).get(hash).op(I32_OR).memory(I32_STORE, Text.HASH).end();
    // In front of the others in its row of the table.
    code.get(runtime).memory(I32_LOAD, Runtime.ATOM_TABLE).get(hash);
    code.get(runtime).memory(I32_LOAD, Runtime.ATOM_TABLE_SIZE).i32(1).op(I32_SUB).op(I32_AND);
    code.i32(2).op(I32_SHL).op(I32_ADD).set(at);
    code.get(atom).get(at).memory(I32_LOAD, 0).memory(I32_STORE, Text.NEXT);
    code.get(at).get(number).memory(I32_STORE, 0).end();
  }

  private void hash() {
    code.get(kind).i32(Text.ATOM_SHIFT).op(I32_SHR_U).set(hash);
    code.get(atom).memory(I32_LOAD, Text.LENGTH).i32(Text.LENGTH_BITS).op(I32_AND).set(bytes);
    code.get(atom).i32(Text.CHARACTERS).op(I32_ADD).set(at);
    code.get(atom).memory(I32_LOAD, Text.LENGTH).i32(0).op(I32_LT_S).open(IF);
    addCharacters(I32_LOAD16_U, 2);
    code.op(ELSE);
    addCharacters(I32_LOAD8_U, 1);
    code.end();
    code.get(hash).get(bytes).i32(Text.HASH_OF_LENGTH).op(I32_MUL).op(I32_XOR);
    code.i32(Text.HASH_BITS).op(I32_AND).set(hash);
  }

  private void addCharacters(OpCode load, int width) {
    code.get(at).get(bytes).i32(width).op(I32_MUL).op(I32_ADD).set(end);
    until(
        () -> code.get(at).get(end).op(I32_EQ),
        () -> {
          code.get(hash).i32(Text.HASH_FACTOR).op(I32_MUL);
          code.get(at).memory(load, 0).op(I32_ADD).set(hash);
          increase(at, width);
        });
  }
}
