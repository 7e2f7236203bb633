package dev.runnel.translator.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.ValType;

/**
 * Edits a module section by section: functions, globals, exports and table entries are added at the
 * end, so every index that existing code uses keeps its meaning.
 *
 * <p>To wrap a function: {@link #moveBody} gives its code a new index, and {@link #replaceBody}
 * puts the wrapper at the old one, where all callers find it.
 */
public final class WasmEditor {
  private static final int FUNCTION_REFERENCES = 0x70;
  private static final int FUNCTION_EXPORT = 0;
  private static final int GLOBAL_EXPORT = 3;

  private final WasmModule module;
  private final Sections sections;
  private final List<FunctionType> types = new ArrayList<>();
  private final int importedFunctions;
  private final int importedGlobals;
  private final List<Integer> functions = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private final List<byte[]> addedTypes = new ArrayList<>();
  private final List<byte[]> addedGlobals = new ArrayList<>();
  private final List<byte[]> exports = new ArrayList<>();
  private final List<byte[]> addedElements = new ArrayList<>();
  private int tableSize;

  /** Starts from a valid module. */
  public WasmEditor(byte[] wasm) {
    module = Parser.parse(wasm);
    sections = Sections.parse(wasm);
    types.addAll(Arrays.asList(module.typeSection().types()));
    importedFunctions = module.importSection().count(ExternalType.FUNCTION);
    importedGlobals = module.importSection().count(ExternalType.GLOBAL);
    ByteReader code = sections.reader(Sections.CODE);
    int count = code.u32();
    for (int i = 0; i < count; i++) {
      functions.add(module.functionSection().getFunctionType(i));
      bodies.add(code.take(code.u32()));
    }
    readExports();
    if (module.tableSection().tableCount() > 0) {
      tableSize = (int) module.tableSection().getTable(0).limits().min();
    }
  }

  /** The module as it was when editing began. */
  public WasmModule original() {
    return module;
  }

  /** Index of the function imported under a name, whatever module it is asked from. */
  public int importedFunction(String name) {
    int index = 0;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (imported.importType() == ExternalType.FUNCTION) {
        if (imported.name().equals(name)) {
          return index;
        }
        index++;
      }
    }
    throw new MalformedModuleException("The module imports no FUNCTION %s.".formatted(name));
  }

  /** Index of the function exported under a name. */
  public int exportedFunction(String name) {
    return exported(name, ExternalType.FUNCTION);
  }

  /** Index of the global exported under a name. */
  public int exportedGlobal(String name) {
    return exported(name, ExternalType.GLOBAL);
  }

  private int exported(String name, ExternalType kind) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.name().equals(name) && export.exportType() == kind) {
        return export.index();
      }
    }
    throw new MalformedModuleException("The module exports no %s %s.".formatted(kind, name));
  }

  /** The type of a function, imported ones included. */
  public FunctionType typeOf(int function) {
    return types.get(
        function < importedFunctions
            ? new FunctionIndex(module).typeIndex(function)
            : functions.get(own(function)));
  }

  /** Index of a function type in the type section; it is added if missing. */
  public int typeIndex(FunctionType type) {
    int known = types.indexOf(type);
    if (known >= 0) {
      return known;
    }
    ByteWriter out = new ByteWriter();
    ValueTypes.write(out, type);
    addedTypes.add(out.toBytes());
    types.add(type);
    return types.size() - 1;
  }

  /** Adds a function and answers its index. */
  public int addFunction(FunctionType type, byte[] body) {
    functions.add(typeIndex(type));
    bodies.add(body);
    return importedFunctions + functions.size() - 1;
  }

  /** Gives a function's code a second index, to be called by what replaces it at the first. */
  public int moveBody(int function) {
    int own = own(function);
    functions.add(functions.get(own));
    bodies.add(bodies.get(own));
    return importedFunctions + functions.size() - 1;
  }

  public void replaceBody(int function, byte[] body) {
    bodies.set(own(function), body);
  }

  private int own(int function) {
    int own = function - importedFunctions;
    if (own < 0 || own >= functions.size()) {
      throw new MalformedModuleException("Function %d has no body here.".formatted(function));
    }
    return own;
  }

  /** Adds a mutable i32 or i64 global and answers its index. */
  public int addGlobal(ValType type, long initial) {
    boolean wide = type.equals(ValType.I64);
    if (!wide && !type.equals(ValType.I32)) {
      throw new MalformedModuleException("Only i32 and i64 globals can be added.");
    }
    int mutable = 1;
    addedGlobals.add(
        new ByteWriter()
            .u8(ValueTypes.code(type))
            .u8(mutable)
            .u8(wide ? 0x42 : 0x41)
            .signed(initial)
            .u8(0x0b)
            .toBytes());
    return importedGlobals + module.globalSection().globalCount() + addedGlobals.size() - 1;
  }

  /** Exports a function, in place of what the name stood for if it was exported before. */
  public void exportFunction(String name, int function) {
    putExport(name, FUNCTION_EXPORT, function);
  }

  public void exportGlobal(String name, int global) {
    putExport(name, GLOBAL_EXPORT, global);
  }

  private void putExport(String name, int kind, int index) {
    byte[] prefix = new ByteWriter().name(name).toBytes();
    byte[] export = new ByteWriter().bytes(prefix).u8(kind).u32(index).toBytes();
    exports.removeIf(old -> new ByteReader(old).name().equals(name));
    exports.add(export);
  }

  /** Grows table 0 by entries for functions; the index of the first. */
  public int addTableEntries(int... entries) {
    int first = tableSize;
    ByteWriter out = new ByteWriter().u32(0).u8(0x41).signed(first).u8(0x0b).u32(entries.length);
    for (int function : entries) {
      out.u32(function);
    }
    addedElements.add(out.toBytes());
    tableSize += entries.length;
    return first;
  }

  /** The edited module. */
  public byte[] toBytes() {
    append(Sections.TYPE, addedTypes);
    append(Sections.GLOBAL, addedGlobals);
    append(Sections.ELEMENT, addedElements);
    ByteWriter declared = new ByteWriter().u32(functions.size());
    functions.forEach(declared::u32);
    sections.put(Sections.FUNCTION, declared.toBytes());
    ByteWriter code = new ByteWriter().u32(bodies.size());
    bodies.forEach(code::sized);
    sections.put(Sections.CODE, code.toBytes());
    ByteWriter exported = new ByteWriter().u32(exports.size());
    exports.forEach(exported::bytes);
    sections.put(Sections.EXPORT, exported.toBytes());
    if (!addedElements.isEmpty()) {
      growTable();
      addedElements.clear();
    }
    addedTypes.clear();
    addedGlobals.clear();
    return sections.toBytes();
  }

  private void append(int section, List<byte[]> entries) {
    if (entries.isEmpty()) {
      return;
    }
    ByteReader old = sections.reader(section);
    ByteWriter out = new ByteWriter().u32(old.u32() + entries.size()).bytes(old.rest());
    entries.forEach(out::bytes);
    sections.put(section, out.toBytes());
  }

  private void growTable() {
    ByteReader old = sections.reader(Sections.TABLE);
    int count = old.u32();
    if (count == 0 || old.u8() != FUNCTION_REFERENCES) {
      throw new MalformedModuleException("Table 0 is no plain table of functions.");
    }
    boolean limited = (old.u8() & 1) != 0;
    old.u32();
    ByteWriter out =
        new ByteWriter().u32(count).u8(FUNCTION_REFERENCES).u8(limited ? 1 : 0).u32(tableSize);
    if (limited) {
      out.u32(Math.max(old.u32(), tableSize));
    }
    sections.put(Sections.TABLE, out.bytes(old.rest()).toBytes());
  }

  private void readExports() {
    ByteReader in = sections.reader(Sections.EXPORT);
    int count = in.u32();
    for (int i = 0; i < count; i++) {
      int start = in.position();
      in.name();
      in.u8();
      in.u32();
      exports.add(in.since(start));
    }
  }
}
