package dev.runnel.translator.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.WasmEncoding;

/**
 * Gives a module other function imports. One that it had and that isn't wanted any more becomes a
 * function of the module's own, a single {@code unreachable} until {@link WasmEditor#replaceBody}
 * says what it does; it is exported under {@code MODULE.NAME}, so that it can be found.
 *
 * <p>Imports come first in the index space of functions: all indices change, in code, tables,
 * globals and exports. The module imports nothing but functions. Custom sections are dropped.
 */
public final class FunctionImports {
  private static final int FUNCTION = 0;
  private static final int END = 0x0b;

  /** One function that a module imports. */
  public record Wanted(String module, String name, FunctionType type) {}

  private final Sections sections;
  private final List<Wanted> wanted;
  private final List<String> dropped = new ArrayList<>();
  private final List<Integer> droppedTypes = new ArrayList<>();
  private final List<Integer> newIndexes = new ArrayList<>();
  private int defined;

  private FunctionImports(Sections sections, List<Wanted> wanted) {
    this.sections = sections;
    this.wanted = wanted;
  }

  /** The module with these function imports, in this order, and no others. */
  public static byte[] replace(byte[] wasm, List<Wanted> wanted) {
    // Through the editor once, for the types of the new imports.
    WasmEditor editor = new WasmEditor(wasm);
    List<Integer> types = wanted.stream().map(each -> editor.typeIndex(each.type())).toList();
    Sections sections = Sections.parse(editor.toBytes());
    sections.removeCustom();
    return new FunctionImports(sections, wanted).replace(types);
  }

  private byte[] replace(List<Integer> types) {
    defined = sections.reader(Sections.FUNCTION).u32();
    readImports();
    ByteWriter imports = new ByteWriter().u32(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      Wanted each = wanted.get(i);
      imports.name(each.module()).name(each.name()).u8(FUNCTION).u32(types.get(i));
    }
    sections.put(Sections.IMPORT, imports.toBytes());
    declareDropped();
    rewriteCode();
    if (sections.has(Sections.ELEMENT)) {
      rewriteElements();
    }
    if (sections.has(Sections.GLOBAL)) {
      rewriteGlobals();
    }
    rewriteExports();
    if (sections.has(Sections.START)) {
      int start = sections.reader(Sections.START).u32();
      sections.put(Sections.START, new ByteWriter().u32(newIndex(start)).toBytes());
    }
    return sections.toBytes();
  }

  private void readImports() {
    ByteReader in = sections.reader(Sections.IMPORT);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      places.put(wanted.get(i).module() + "." + wanted.get(i).name(), i);
    }
    for (int count = in.u32(); count > 0; count--) {
      String name = in.name() + "." + in.name();
      if (in.u8() != FUNCTION) {
        throw new MalformedModuleException("%s is imported and no function.".formatted(name));
      }
      int type = in.u32();
      Integer place = places.get(name);
      if (place == null) {
        newIndexes.add(wanted.size() + defined + dropped.size());
        dropped.add(name);
        droppedTypes.add(type);
      } else {
        newIndexes.add(place);
      }
    }
  }

  private int newIndex(int function) {
    return function < newIndexes.size()
        ? newIndexes.get(function)
        : function - newIndexes.size() + wanted.size();
  }

  private void declareDropped() {
    ByteReader old = sections.reader(Sections.FUNCTION);
    ByteWriter out = new ByteWriter().u32(old.u32() + dropped.size()).bytes(old.rest());
    droppedTypes.forEach(out::u32);
    sections.put(Sections.FUNCTION, out.toBytes());
  }

  private void rewriteCode() {
    ByteReader in = sections.reader(Sections.CODE);
    int count = in.u32();
    ByteWriter out = new ByteWriter().u32(count + dropped.size());
    for (int i = 0; i < count; i++) {
      out.sized(rewriteBody(in.take(in.u32())));
    }
    byte[] trap = new ByteWriter().u32(0).u8(OpCode.UNREACHABLE.opcode()).u8(END).toBytes();
    dropped.forEach(_ -> out.sized(trap));
    sections.put(Sections.CODE, out.toBytes());
  }

  private byte[] rewriteBody(byte[] body) {
    ByteReader in = new ByteReader(body);
    ByteWriter out = new ByteWriter();
    for (int groups = in.u32(); groups > 0; groups--) {
      in.u32();
      in.s64();
    }
    out.bytes(in.since(0));
    while (in.hasMore()) {
      rewriteInstruction(in, out);
    }
    return out.toBytes();
  }

  /** Answers the instruction's opcode. */
  private OpCode rewriteInstruction(ByteReader in, ByteWriter out) {
    int start = in.position();
    OpCode opcode = opcode(in);
    switch (opcode) {
      case CALL, RETURN_CALL, REF_FUNC -> {
        out.bytes(in.since(start)).u32(newIndex(in.u32()));
      }
      default -> {
        OpCode.signature(opcode).forEach(encoding -> skip(in, encoding));
        out.bytes(in.since(start));
      }
    }
    return opcode;
  }

  private static OpCode opcode(ByteReader in) {
    int first = in.u8();
    OpCode opcode = OpCode.byOpCode(first >= 0xfb ? first << 8 | in.u32() : first);
    if (opcode == null) {
      throw new MalformedModuleException("0x%x is no instruction.".formatted(first));
    }
    return opcode;
  }

  private static void skip(ByteReader in, WasmEncoding encoding) {
    switch (encoding) {
      case VARUINT, VARSINT32, VARSINT64, BLOCK_TYPE -> in.s64();
      case FLOAT32 -> in.take(Float.BYTES);
      case FLOAT64 -> in.take(Double.BYTES);
      case V128 -> in.take(16);
      case BYTE -> in.u8();
      case MEMARG -> {
        in.u32();
        in.s64();
      }
      case VEC_VARUINT, VEC_VALUE_TYPE -> {
        for (int count = in.u32(); count > 0; count--) {
          in.s64();
        }
      }
      case VEC_CATCH -> {
        for (int count = in.u32(); count > 0; count--) {
          boolean hasTag = in.u8() < 2;
          in.u32();
          if (hasTag) {
            in.u32();
          }
        }
      }
    }
  }

  /** A constant expression, up to and with its end. */
  private void rewriteConstant(ByteReader in, ByteWriter out) {
    while (rewriteInstruction(in, out) != OpCode.END) {
      // Constant expressions have no blocks in them.
    }
  }

  /** The eight kinds of segments: 1 passive or declared, 2 names its table, 4 has expressions. */
  private void rewriteElements() {
    ByteReader in = sections.reader(Sections.ELEMENT);
    int count = in.u32();
    ByteWriter out = new ByteWriter().u32(count);
    for (int i = 0; i < count; i++) {
      int kind = in.u32();
      out.u32(kind);
      boolean active = (kind & 1) == 0;
      if (active && (kind & 2) != 0) {
        out.u32(in.u32());
      }
      if (active) {
        rewriteConstant(in, out);
      }
      if ((kind & 3) != 0) {
        out.u8(in.u8());
      }
      int size = in.u32();
      out.u32(size);
      for (int k = 0; k < size; k++) {
        if ((kind & 4) != 0) {
          rewriteConstant(in, out);
        } else {
          out.u32(newIndex(in.u32()));
        }
      }
    }
    sections.put(Sections.ELEMENT, out.toBytes());
  }

  private void rewriteGlobals() {
    ByteReader in = sections.reader(Sections.GLOBAL);
    int count = in.u32();
    ByteWriter out = new ByteWriter().u32(count);
    for (int i = 0; i < count; i++) {
      out.u8(in.u8()).u8(in.u8());
      rewriteConstant(in, out);
    }
    sections.put(Sections.GLOBAL, out.toBytes());
  }

  private void rewriteExports() {
    ByteReader in = sections.reader(Sections.EXPORT);
    int count = in.u32();
    ByteWriter out = new ByteWriter().u32(count + dropped.size());
    for (int i = 0; i < count; i++) {
      out.name(in.name());
      int kind = in.u8();
      int index = in.u32();
      out.u8(kind).u32(kind == FUNCTION ? newIndex(index) : index);
    }
    for (int i = 0; i < dropped.size(); i++) {
      out.name(dropped.get(i)).u8(FUNCTION).u32(wanted.size() + defined + i);
    }
    sections.put(Sections.EXPORT, out.toBytes());
  }
}
