package dev.runnel.translator;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;

import dev.runnel.wasm.TranslatedModule;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.ValType;

/** Translates one module. */
public final class Translator {
  private static final int MOST_FUNCTIONS_PER_CLASS = 8 * 1024;

  private final byte[] wasm;
  private final TranslatorOptions options;
  private final List<Intrinsic> intrinsics;
  private final WasmModule module;
  private final int stackPointer;
  private final BitSet functionGlobals;
  private final String accessors;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> summary = new ArrayList<>();
  private final Map<String, byte[]> classes = new HashMap<>();

  private Translator(byte[] wasm, TranslatorOptions options, List<Intrinsic> intrinsics) {
    this.wasm = wasm;
    this.options = options;
    this.intrinsics = intrinsics;
    this.module = Parser.parse(wasm);
    this.stackPointer = ModuleMetadata.stackPointer(module);
    this.functionGlobals = functionGlobals(module);
    this.accessors = options.className().replace('.', '/') + "Shaded";
  }

  public static Translation translate(byte[] wasm, TranslatorOptions options) {
    return new Translator(wasm, options, List.of()).run();
  }

  /** As above, with those intrinsics that pass their checks; each other one leaves a warning. */
  public static Translation translate(
      byte[] wasm, TranslatorOptions options, List<Intrinsic> intrinsics) {
    List<Intrinsic> kept = new ArrayList<>(intrinsics);
    List<String> refused = new ArrayList<>();
    while (true) {
      Translation translation = new Translator(wasm, options, kept).run();
      List<Intrinsic> failed = IntrinsicChecks.failed(translation, kept);
      if (failed.isEmpty()) {
        return translation.withWarnings(refused);
      }
      failed.forEach(
          intrinsic ->
              refused.add(
                  "Intrinsic %s is left out: its check failed.".formatted(intrinsic.name())));
      kept.removeAll(failed);
    }
  }

  private Translation run() {
    for (int perClass = MOST_FUNCTIONS_PER_CLASS; ; perClass /= 2) {
      try {
        return attempt(perClass);
      } catch (ClassTooLargeException tooManyRegions) {
        if (perClass == 1) {
          throw tooManyRegions;
        }
      }
    }
  }

  private Translation attempt(int functionsPerClass) {
    classes.clear();
    warnings.clear();
    summary.clear();
    CompilerResult compiled =
        Compiler.builder(module)
            .withClassName(options.className())
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .withMaxFunctionsPerClass(functionsPerClass)
            .build()
            .compile();
    compiled.interpretedFunctions().stream()
        .sorted()
        .forEach(
            f -> warnings.add("Function %d is too large for the JVM: interpreted.".formatted(f)));
    refuseInterpreted(compiled);
    byte[] metadata = ModuleMetadata.strip(wasm, module, compiled.interpretedFunctions());
    Map<String, byte[]> compiledClasses = new HashMap<>(compiled.classBytes());
    byte[] machine = compiledClasses.remove(options.className());
    compiledClasses.values().forEach(bytes -> translate(bytes, metadata));
    translate(machine, metadata);
    return new Translation(options.className(), classes, metadata, warnings, summary);
  }

  /** The interpreter would neither poll nor count its calls. */
  private void refuseInterpreted(CompilerResult compiled) {
    if (options.memory() == MemoryShape.WINDOW && !compiled.interpretedFunctions().isEmpty()) {
      throw new UntranslatableException(
          "Function %d is too large: it needs more than the 64 KB of code that the JVM allows."
              .formatted(compiled.interpretedFunctions().iterator().next()));
    }
  }

  private void translate(byte[] classFile, byte[] metadata) {
    ClassNode node = ClassFiles.read(classFile);
    if (node.name.equals(accessors)) {
      classes.put(node.name.replace('/', '.'), classFile);
      return;
    }
    node.access |=
        ACC_PUBLIC; // Compiled guest code of another package may call functions directly.
    MemoryShape shape = options.memory();
    new MemoryType(options.className().replace('.', '/'), accessors, shape).apply(node);
    IntrinsicSplicer entries = new IntrinsicSplicer(node, warnings);
    intrinsics.forEach(entries::apply);
    MemorySplicer memory = new MemorySplicer(accessors, shape);
    InterruptPolls polls = new InterruptPolls(accessors, shape, options.unpolledTargets());
    for (MethodNode method : node.methods) {
      polls.apply(method);
      if (FunctionCode.isFunction(method)) {
        memory.apply(method);
        FloatSplicer.apply(method);
        if (stackPointer != TranslatedModule.NO_STACK_POINTER) {
          int imported = module.importSection().count(ExternalType.GLOBAL);
          new StackPointerSplicer(accessors, shape, imported + stackPointer).apply(method);
        }
        if (shape == MemoryShape.WINDOW) {
          new ReferenceSplicer(accessors, shape, functionGlobals::get).apply(method);
        }
        if (shape.countsCalls()) {
          CallCharges.apply(method, shape);
        }
      }
    }
    if (node.name.equals(options.className().replace('.', '/'))) {
      sign(node, metadata);
    }
    byte[] spliced = new Shortening(options, summary).apply(ClassFiles.write(node));
    classes.putAll(new Splitting(options, warnings, summary).apply(spliced));
  }

  /** The indexes of the globals that hold functions. */
  private static BitSet functionGlobals(WasmModule module) {
    BitSet found = new BitSet();
    int index = 0;
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof GlobalImport global) {
        found.set(index++, global.type().equals(ValType.FuncRef));
      }
    }
    for (int i = 0; i < module.globalSection().globalCount(); i++) {
      found.set(index++, module.globalSection().getGlobal(i).valueType().equals(ValType.FuncRef));
    }
    return found;
  }

  /** Puts the digests into the machine class that {@link TranslatedModule} compares. */
  private void sign(ClassNode machine, byte[] metadata) {
    constant(machine, TranslatedModule.SOURCE_DIGEST_FIELD, TranslatedModule.sha256(wasm));
    constant(machine, TranslatedModule.METADATA_DIGEST_FIELD, TranslatedModule.sha256(metadata));
    constant(machine, TranslatedModule.STACK_POINTER_FIELD, stackPointer);
    constant(machine, TranslatedModule.INITIALIZERS_FIELD, classesWithInitializer());
  }

  /** All others are translated by now; the machine class itself has none. */
  private String classesWithInitializer() {
    return classes.entrySet().stream()
        .filter(entry -> hasInitializer(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static boolean hasInitializer(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .anyMatch(method -> method.methodName().equalsString("<clinit>"));
  }

  private static void constant(ClassNode node, String name, Object value) {
    String type = value instanceof Integer ? "I" : "Ljava/lang/String;";
    node.fields.add(new FieldNode(ACC_PUBLIC | ACC_STATIC | ACC_FINAL, name, type, null, value));
  }
}
