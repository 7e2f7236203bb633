package dev.runnel.quickjs.build;

import dev.runnel.translator.binary.ByteReader;
import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A wasm module to which functions, table entries and a global can be added, and in which a
 * function's body can be put aside for another. Indexes of what was there before never change.
 */
final class ModuleEditor {
  private static final int FUNCTION = 0;
  private static final int FUNCTION_TYPE = 0x60;
  private static final int EXTERNAL_FUNCTION = 0;

  private final Sections sections;
  private final List<byte[]> types = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private final Map<String, Integer> exports = new HashMap<>();
  private int importedFunctions;
  private int tableSize;
  private final List<Integer> addedToTable = new ArrayList<>();
  private final ByteWriter addedGlobals = new ByteWriter();
  private final ByteWriter addedExports = new ByteWriter();
  private int addedGlobalCount;
  private int addedExportCount;

  ModuleEditor(byte[] module) {
    sections = Sections.parse(module);
    readTypes();
    readImports();
    readFunctions();
    readExports();
    tableSize = readTableSize();
  }

  // ---- What is there ----

  int exported(String name) {
    Integer index = exports.get(name);
    if (index == null) {
      throw new IllegalArgumentException("The module exports no function %s.".formatted(name));
    }
    return index;
  }

  int imported(String name) {
    Integer index = exports.get("import " + name);
    if (index == null) {
      throw new IllegalArgumentException("The module imports no function %s.".formatted(name));
    }
    return index;
  }

  int tableSize() {
    return tableSize;
  }

  int globalCount() {
    return sections.reader(Sections.GLOBAL).u32();
  }

  int functionCount() {
    return functionTypes.size();
  }

  boolean hasType(int function, Signature signature) {
    return Arrays.equals(types.get(functionTypes.get(function)), signature.bytes());
  }

  // ---- What is added ----

  /** Answers the index that the next added function will have. */
  int nextFunction() {
    return functionTypes.size();
  }

  int addFunction(Signature signature, byte[] body) {
    functionTypes.add(typeIndex(signature));
    bodies.add(body);
    return functionTypes.size() - 1;
  }

  /** Gives a function another body; the original one becomes a new function. Answers that. */
  int wrap(int function, byte[] wrapper) {
    int defined = function - importedFunctions;
    functionTypes.add(functionTypes.get(function));
    bodies.add(bodies.get(defined));
    bodies.set(defined, wrapper);
    return functionTypes.size() - 1;
  }

  /** Answers the table index. */
  int addToTable(int function) {
    addedToTable.add(function);
    return tableSize + addedToTable.size() - 1;
  }

  /** A mutable i64 global, exported under a name. Answers its index. */
  int addGlobal(String name, long initial) {
    int index = globalCount() + addedGlobalCount++;
    addedGlobals.u8(0x7e).u8(1).u8(0x42).signed(initial).u8(0x0b);
    addedExports.name(name).u8(3).u32(index);
    addedExportCount++;
    return index;
  }

  byte[] toBytes() {
    sections.put(Sections.TYPE, vector(types));
    sections.put(Sections.FUNCTION, functionSection());
    sections.put(Sections.CODE, vector(bodies.stream().map(ModuleEditor::sized).toList()));
    sections.put(Sections.TABLE, tableSection());
    sections.put(Sections.ELEMENT, appended(Sections.ELEMENT, 1, elementSegment()));
    sections.put(
        Sections.GLOBAL, appended(Sections.GLOBAL, addedGlobalCount, addedGlobals.toBytes()));
    sections.put(
        Sections.EXPORT, appended(Sections.EXPORT, addedExportCount, addedExports.toBytes()));
    return sections.toBytes();
  }

  // ---- Reading ----

  private void readTypes() {
    ByteReader in = sections.reader(Sections.TYPE);
    int count = in.u32();
    for (int i = 0; i < count; i++) {
      int start = in.position();
      if (in.u8() != FUNCTION_TYPE) {
        throw new IllegalArgumentException("The module has a type that is no function's.");
      }
      in.take(in.u32());
      in.take(in.u32());
      types.add(in.since(start));
    }
  }

  private void readImports() {
    ByteReader in = sections.reader(Sections.IMPORT);
    int count = in.u32();
    for (int i = 0; i < count; i++) {
      in.name();
      String name = in.name();
      if (in.u8() != EXTERNAL_FUNCTION) {
        throw new IllegalArgumentException("The module imports more than functions.");
      }
      exports.put("import " + name, functionTypes.size());
      functionTypes.add(in.u32());
    }
    importedFunctions = functionTypes.size();
  }

  private void readFunctions() {
    ByteReader in = sections.reader(Sections.FUNCTION);
    int count = in.u32();
    for (int i = 0; i < count; i++) {
      functionTypes.add(in.u32());
    }
    ByteReader code = sections.reader(Sections.CODE);
    int codes = code.u32();
    for (int i = 0; i < codes; i++) {
      bodies.add(code.take(code.u32()));
    }
  }

  private void readExports() {
    ByteReader in = sections.reader(Sections.EXPORT);
    int count = in.u32();
    for (int i = 0; i < count; i++) {
      String name = in.name();
      int kind = in.u8();
      int index = in.u32();
      if (kind == FUNCTION) {
        exports.put(name, index);
      }
    }
  }

  private int readTableSize() {
    ByteReader in = sections.reader(Sections.TABLE);
    if (in.u32() != 1 || in.u8() != 0x70 || in.u8() != 0) {
      throw new IllegalArgumentException("The module has no single table of functions to grow.");
    }
    return in.u32();
  }

  // ---- Writing ----

  private int typeIndex(Signature signature) {
    int known =
        IntStream.range(0, types.size())
            .filter(i -> Arrays.equals(types.get(i), signature.bytes()))
            .findFirst()
            .orElse(-1);
    if (known >= 0) {
      return known;
    }
    types.add(signature.bytes());
    return types.size() - 1;
  }

  private byte[] functionSection() {
    ByteWriter out = new ByteWriter().u32(functionTypes.size() - importedFunctions);
    functionTypes.stream().skip(importedFunctions).forEach(out::u32);
    return out.toBytes();
  }

  private byte[] tableSection() {
    int size = tableSize + addedToTable.size();
    return new ByteWriter().u32(1).u8(0x70).u8(0).u32(size).toBytes();
  }

  private byte[] elementSegment() {
    ByteWriter out = new ByteWriter().u32(0).u8(0x41).signed(tableSize).u8(0x0b);
    out.u32(addedToTable.size());
    addedToTable.forEach(out::u32);
    return out.toBytes();
  }

  private byte[] appended(int section, int count, byte[] entries) {
    ByteReader in = sections.reader(section);
    int before = in.u32();
    return new ByteWriter().u32(before + count).bytes(in.rest()).bytes(entries).toBytes();
  }

  private static byte[] vector(List<byte[]> entries) {
    ByteWriter out = new ByteWriter().u32(entries.size());
    entries.forEach(out::bytes);
    return out.toBytes();
  }

  private static byte[] sized(byte[] body) {
    return new ByteWriter().sized(body).toBytes();
  }
}
