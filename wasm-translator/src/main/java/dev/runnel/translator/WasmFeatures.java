package dev.runnel.translator;

import static java.util.Map.entry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.TableImport;
import run.endive.wasm.types.ValType;

/**
 * What programs' modules may use: WebAssembly 2.0 without vectors, and of what came later tail
 * calls, exceptions, extended constants and atomics. The rest is refused by name; above all
 * garbage-collected objects, which would lie in Java's heap and count against nothing.
 */
public final class WasmFeatures {
  /** Linking compares every import with every other one. */
  private static final int MOST_IMPORTS = 5_000;

  private static final String VECTORS = "vectors (SIMD)";
  private static final String OBJECTS = "garbage-collected objects";
  private static final String TYPED_REFERENCES = "typed references";

  private static final Map<String, String> FEATURES_BY_PREFIX =
      Map.ofEntries(
          entry("V128", VECTORS),
          entry("I8", VECTORS),
          entry("I16", VECTORS),
          entry("I32x", VECTORS),
          entry("I32X", VECTORS),
          entry("I64x", VECTORS),
          entry("I64X", VECTORS),
          entry("F32x", VECTORS),
          entry("F32X", VECTORS),
          entry("F64x", VECTORS),
          entry("F64X", VECTORS),
          entry("STRUCT_", OBJECTS),
          entry("ARRAY_", OBJECTS),
          entry("REF_TEST", OBJECTS),
          entry("CAST_TEST", OBJECTS),
          entry("BR_ON_CAST", OBJECTS),
          entry("ANY_CONVERT", OBJECTS),
          entry("EXTERN_CONVERT", OBJECTS),
          entry("REF_I31", OBJECTS),
          entry("I31_", OBJECTS),
          entry("REF_EQ", OBJECTS),
          entry("CALL_REF", TYPED_REFERENCES),
          entry("RETURN_CALL_REF", TYPED_REFERENCES),
          entry("BR_ON_N", TYPED_REFERENCES),
          entry("REF_AS_NON_NULL", TYPED_REFERENCES));

  /** The feature that an instruction belongs to, of those that aren't supported. */
  private static final Map<OpCode, String> UNSUPPORTED = unsupported();

  private WasmFeatures() {}

  /**
   * Looks for what isn't supported.
   *
   * @throws UntranslatableException that names it
   */
  public static void check(WasmModule module) {
    if (module.importSection().importCount() > MOST_IMPORTS) {
      throw new UntranslatableException(
          "The module has %d imports; the limit is %d."
              .formatted(module.importSection().importCount(), MOST_IMPORTS));
    }
    for (FunctionType type : module.typeSection().types()) {
      if (type == null) {
        throw missing(OBJECTS);
      }
      checkTypes(type.params());
      checkTypes(type.returns());
    }
    for (int i = 0; i < module.importSection().importCount(); i++) {
      checkImport(module.importSection().getImport(i));
    }
    for (int i = 0; i < module.globalSection().globalCount(); i++) {
      checkType(module.globalSection().getGlobal(i).valueType());
    }
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      checkType(module.tableSection().getTable(i).elementType());
    }
    for (FunctionBody body : module.codeSection().functionBodies()) {
      checkTypes(body.localTypes());
      for (AnnotatedInstruction instruction : body.instructions()) {
        String feature = UNSUPPORTED.get(instruction.opcode());
        if (feature != null) {
          throw missing(feature);
        }
      }
    }
  }

  private static void checkImport(Import imported) {
    switch (imported) {
      case GlobalImport global -> checkType(global.type());
      case TableImport table -> checkType(table.entryType());
      default -> {}
    }
  }

  private static void checkTypes(List<ValType> types) {
    for (ValType type : types) {
      checkType(type);
    }
  }

  private static void checkType(ValType type) {
    if (type.equals(ValType.V128)) {
      throw missing(VECTORS);
    }
    if (type.isReference()
        && !type.equals(ValType.FuncRef)
        && !type.equals(ValType.ExternRef)
        && !type.equals(ValType.ExnRef)) {
      throw missing(TYPED_REFERENCES);
    }
  }

  private static Map<OpCode, String> unsupported() {
    Map<OpCode, String> features = new EnumMap<>(OpCode.class);
    for (OpCode opcode : OpCode.values()) {
      FEATURES_BY_PREFIX.forEach(
          (prefix, feature) -> {
            if (opcode.name().startsWith(prefix)) {
              features.put(opcode, feature);
            }
          });
    }
    return features;
  }

  private static UntranslatableException missing(String feature) {
    return new UntranslatableException(
        "The module uses %s, which is not supported.".formatted(feature));
  }
}
