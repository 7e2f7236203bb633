package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Compiled.Parts;
import dev.runnel.wasm.FlatMemory;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Compiles one function: decodes it, finds out how control moves, and emits a class with one
 * method. The class is hidden and goes when the isolate does.
 */
final class JitCompiler {
  /** HotSpot compiles no method that is longer, and interpreted it's slower than QuickJS. */
  private static final int LONGEST_METHOD = 8000;

  /** What the JVM holds for a class, its compiled code included, for each byte of its file. */
  private static final int HELD_PER_BYTE = 8;

  private static final ClassDesc SUPER = ClassDesc.of(Compiled.class.getName());
  private static final MethodTypeDesc CONSTRUCTOR =
      MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of(Parts.class.getName()));
  private static final MethodTypeDesc CALL =
      MethodType.methodType(
              long.class,
              FlatMemory.class,
              int.class,
              long.class,
              long.class,
              long.class,
              int.class,
              int.class,
              int.class)
          .describeConstable()
          .orElseThrow();
  private static final ClassFile CLASS_FILE =
      ClassFile.of(
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofClassLoading(JitCompiler.class.getClassLoader())));

  private final Jit jit;
  private final Names names;
  private final LongPredicate room;

  JitCompiler(Jit jit, Names names, LongPredicate room) {
    this.jit = jit;
    this.names = names;
    this.room = room;
  }

  /**
   * @throws RefusedException if the function has to be interpreted
   */
  Compiled compile(FlatMemory memory, int address) {
    Bytecode function = new Bytecode(memory, address);
    Flow flow = new Flow(function);
    FrameShape shape = FrameShape.of(function);
    List<Site> sites = new ArrayList<>();
    byte[] file = emit(function, flow, shape, sites);
    Bytecode.refuseIf(methodLength(file) > LONGEST_METHOD, "the length of its method");
    Bytecode.refuseIf(!room.test((long) file.length * HELD_PER_BYTE), "the memory limit");
    return define(file, new Parts(jit, function, shape, sites));
  }

  private byte[] emit(Bytecode function, Flow flow, FrameShape shape, List<Site> sites) {
    ClassDesc name = ClassDesc.of(Compiled.class.getPackageName(), "Function");
    try {
      return CLASS_FILE.build(
          name,
          type ->
              type.withSuperclass(SUPER)
                  .withFlags(ClassFile.ACC_FINAL)
                  .withMethodBody(
                      ConstantDescs.INIT_NAME,
                      CONSTRUCTOR,
                      0,
                      code ->
                          code.aload(0)
                              .aload(1)
                              .invokespecial(SUPER, ConstantDescs.INIT_NAME, CONSTRUCTOR)
                              .return_())
                  .withMethodBody(
                      "call",
                      CALL,
                      0,
                      code -> {
                        Emitter emitter = new Emitter(function, flow, shape, names, code);
                        emitter.emit();
                        sites.clear();
                        sites.addAll(emitter.sites());
                      }));
    } catch (IllegalArgumentException tooLarge) {
      throw new RefusedException("the JVM's limits");
    }
  }

  private static int methodLength(byte[] file) {
    return CLASS_FILE.parse(file).methods().stream()
        .filter(method -> method.methodName().equalsString("call"))
        .mapToInt(JitCompiler::codeLength)
        .sum();
  }

  private static int codeLength(MethodModel method) {
    return method.findAttribute(Attributes.code()).orElseThrow().codeLength();
  }

  private static Compiled define(byte[] file, Parts parts) {
    try {
      MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(file, true);
      return (Compiled)
          hidden
              .findConstructor(hidden.lookupClass(), MethodType.methodType(void.class, Parts.class))
              .invoke(parts);
    } catch (LinkageError refused) {
      throw new RefusedException("the JVM: " + refused.getMessage());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A compiled class can't be made.", e);
    }
  }
}
