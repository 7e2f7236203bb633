package dev.runnel.wasm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalFactory;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.OpcodeImpl;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/**
 * A module whose code was translated to classes at build time: the generated machine class plus
 * what else an instance needs (imports, exports, globals, tables, data), read from a resource
 * beside that class. The wasm code itself is neither shipped nor parsed.
 *
 * <p>Immutable; instances may be made on any thread.
 */
public final class TranslatedModule {
  /** Names of constants in the generated machine class; the translator writes them. */
  public static final String SOURCE_DIGEST_FIELD = "SOURCE_SHA256";

  public static final String METADATA_DIGEST_FIELD = "METADATA_SHA256";
  public static final String STACK_POINTER_FIELD = "STACK_POINTER_GLOBAL";

  /** Names of the classes that have a static initializer, with commas between them. */
  public static final String INITIALIZERS_FIELD = "INITIALIZERS";

  /** The value of {@link #STACK_POINTER_FIELD} in a module that has none. */
  public static final int NO_STACK_POINTER = -1;

  private final WasmModule metadata;
  private final Constructor<? extends Machine> machine;
  private final String sourceDigest;
  private final int stackPointerGlobal;

  private TranslatedModule(
      WasmModule metadata,
      Constructor<? extends Machine> machine,
      String sourceDigest,
      int stackPointerGlobal) {
    this.metadata = metadata;
    this.machine = machine;
    this.sourceDigest = sourceDigest;
    this.stackPointerGlobal = stackPointerGlobal;
  }

  /**
   * Loads what the translator generated under {@code className}.
   *
   * @throws IllegalStateException if class and metadata are missing or not of the same translation
   */
  public static TranslatedModule load(String className, ClassLoader loader) {
    try {
      Class<? extends Machine> type =
          Class.forName(className, true, loader).asSubclass(Machine.class);
      byte[] bytes = metadataOf(type);
      String expected = (String) type.getField(METADATA_DIGEST_FIELD).get(null);
      String actual = sha256(bytes);
      if (!actual.equals(expected)) {
        throw new IllegalStateException(
            "The metadata of %s has digest %s, its class expects %s. Translate the module again."
                .formatted(className, actual, expected));
      }
      initialize(type, loader);
      return new TranslatedModule(
          Parser.builder()
              .withValidation(false)
              .build()
              .parse(() -> new ByteArrayInputStream(bytes)),
          type.getConstructor(Instance.class),
          (String) type.getField(SOURCE_DIGEST_FIELD).get(null),
          type.getField(STACK_POINTER_FIELD).getInt(null));
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(
          "%s is no class of a translated module: %s".formatted(className, e), e);
    }
  }

  /**
   * Runs static initializers while there is stack. One that first ran at the bottom of a guest's
   * recursion would fail, and its class with it, for every guest of the process.
   */
  private static void initialize(Class<?> type, ClassLoader loader)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    lookup.ensureInitialized(FlatAccess.class);
    lookup.ensureInitialized(WindowAccess.class);
    lookup.ensureInitialized(OpcodeImpl.class);
    for (String name : ((String) type.getField(INITIALIZERS_FIELD).get(null)).split(",")) {
      if (!name.isEmpty()) {
        Class.forName(name, true, loader);
      }
    }
  }

  /** The file name of the metadata resource, in the package of the machine class. */
  public static String metadataName(String simpleClassName) {
    return simpleClassName + ".meta";
  }

  /** SHA-256 of the wasm file that was translated, in hex. */
  public String sourceDigest() {
    return sourceDigest;
  }

  /**
   * The module without its code: every body that was translated is a single {@code unreachable}.
   */
  public WasmModule metadata() {
    return metadata;
  }

  /** As {@link #newInstance(Function)}, with memory limited by the module and the heap only. */
  public Instance.Builder newInstance() {
    return newInstance(FlatMemory::new);
  }

  /**
   * An instance builder that lacks only the imports. A command's {@code _start} is not called.
   *
   * @param memory makes the memory of the instance from the module's limits
   */
  public Instance.Builder newInstance(Function<MemoryLimits, ? extends GuestMemory> memory) {
    Registers registers = new Registers(memory, stackPointerGlobal);
    return Instance.builder(metadata)
        .withMachineFactory(this::machine)
        .withMemoryFactory(registers::newMemory)
        .withGlobalFactory(registers)
        .withStart(false);
  }

  private Machine machine(Instance instance) {
    try {
      return machine.newInstance(instance);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("The machine class failed to start.", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] metadataOf(Class<?> type) throws IOException {
    String name = metadataName(type.getSimpleName());
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("Resource %s is missing beside the class.".formatted(name));
      }
      return in.readAllBytes();
    }
  }

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256.", e);
    }
  }

  /** Ties the stack pointer global of one instance to its memory while Endive builds both. */
  private static final class Registers implements GlobalFactory {
    private final Function<MemoryLimits, ? extends GuestMemory> factory;
    private final int stackPointerGlobal;
    private @Nullable GuestMemory memory;
    private int globals;

    Registers(Function<MemoryLimits, ? extends GuestMemory> factory, int stackPointerGlobal) {
      this.factory = factory;
      this.stackPointerGlobal = stackPointerGlobal;
    }

    Memory newMemory(MemoryLimits limits) {
      GuestMemory made = factory.apply(limits);
      if (memory == null) {
        memory = made;
      }
      return made;
    }

    /** Endive makes the module's own globals in order; none of those counted is imported. */
    @Override
    public GlobalInstance create(long low, long high, ValType type, MutabilityType mutability) {
      if (globals++ == stackPointerGlobal && memory != null) {
        return new StackPointerGlobal(memory, low);
      }
      return GlobalInstance.builder()
          .valueLow(low)
          .valueHigh(high)
          .valType(type)
          .mutabilityType(mutability)
          .build();
    }
  }
}
