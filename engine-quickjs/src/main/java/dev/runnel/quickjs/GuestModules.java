package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.engine.HostError;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What QuickJS asks when it meets an import: which module is meant, and what is in it.
 *
 * <p>QuickJS keeps the modules that it has; Java keeps no addresses of a program's, since a graph
 * that fails to load is freed in the middle.
 */
final class GuestModules {
  private static final String HOST = "host:";
  private static final String EVALUATE = "engine:evaluate";

  private final Guest guest;
  private final QuickJs js;
  private final GuestText text;
  private final ModuleLoader loader;
  private final HostFunctions functions;
  private final Compiler compiler;
  private final Map<String, SequencedMap<String, HostFunctions.Raw>> hostModules = new HashMap<>();

  private final Map<String, Long> stubs = new HashMap<>();
  private @Nullable String resolved;

  GuestModules(
      Guest guest,
      QuickJs js,
      GuestText text,
      ModuleLoader loader,
      HostFunctions functions,
      Compiler compiler) {
    this.guest = guest;
    this.js = js;
    this.text = text;
    this.loader = loader;
    this.functions = functions;
    this.compiler = compiler;
  }

  void addAll(List<HostModule> modules) {
    for (HostModule module : modules) {
      SequencedMap<String, HostFunctions.Raw> raw = new LinkedHashMap<>();
      for (Map.Entry<String, HostFunction> function : module.functions().entrySet()) {
        raw.put(function.getKey(), functions.raw(function.getValue()));
      }
      add(module.specifier(), raw);
    }
  }

  void add(String specifier, SequencedMap<String, HostFunctions.Raw> module) {
    if (hostModules.putIfAbsent(specifier, module) != null) {
      throw new IllegalArgumentException("There are two modules %s.".formatted(specifier));
    }
  }

  /** Registers the functions that a snapshot's heap refers to, by the numbers they have there. */
  void restore(List<String> names) {
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      SequencedMap<String, HostFunctions.Raw> module = hostModules.get(name.substring(0, slash));
      HostFunctions.Raw function = module == null ? null : module.get(name.substring(slash + 1));
      if (function == null) {
        throw new IllegalArgumentException(
            "The snapshot uses the host function %s, which is not given.".formatted(name));
      }
      functions.id(name, function);
    }
  }

  // ---- Asked by QuickJS ----

  /** The address of the module's name, which QuickJS frees. */
  int normalize(int referrer, int specifier) {
    String name = resolve(text.readCString(specifier), text.readCString(referrer));
    byte[] utf8 = name.getBytes(UTF_8);
    int address = guest.callInt(Export.js_malloc, js.context(), utf8.length + 1);
    if (address == 0) {
      throw new GuestOutOfMemoryException();
    }
    guest.write(address, utf8);
    guest.bytes()[address + utf8.length] = 0;
    return address;
  }

  /**
   * The first question after {@link #evaluate} comes from its own stub, which has a resolved name.
   * Known by the order of calls, since a program can give any file name to a script of its own.
   */
  private String resolve(String specifier, String referrer) {
    if (resolved != null) {
      String name = resolved;
      resolved = null;
      return name;
    }
    return loader.resolve(specifier, referrer);
  }

  /** The address of the compiled module. */
  int load(int nameAddress) {
    String name = text.readCString(nameAddress);
    return name.startsWith(HOST) ? createHostModule(name) : compile(name, loader.load(name));
  }

  private int compile(String name, ModuleSource source) {
    long module = compiler.module(name, source);
    int address = Value.payload(module);
    long meta = js.importMeta(address);
    for (Map.Entry<String, String> property : source.meta().entrySet()) {
      js.defineProperty(meta, property.getKey(), text.write(property.getValue()));
    }
    js.free(meta);
    js.free(module); // QuickJS's own list of modules holds it.
    return address;
  }

  private int createHostModule(String name) {
    SequencedMap<String, HostFunctions.Raw> module = hostModules.get(name);
    if (module == null) {
      throw HostError.error("ERR_MODULE_NOT_FOUND", "There is no host module %s.", name);
    }
    return js.newHostModule(name, module.keySet());
  }

  /** Sets the exports of a host module when it is evaluated. */
  void initialize(int module) {
    long nameValue = js.moduleName(module);
    String name = text.read(nameValue);
    js.free(nameValue);
    SequencedMap<String, HostFunctions.Raw> exports = hostModules.get(name);
    if (exports == null) {
      throw HostError.error("ERR_MODULE_NOT_FOUND", "There is no host module %s.", name);
    }
    for (Map.Entry<String, HostFunctions.Raw> export : exports.entrySet()) {
      js.setExport(module, export.getKey(), function(name, export));
    }
  }

  /** An object with the functions of a host module; the result is the caller's. */
  long hostObject(String name) {
    long object = js.newObject();
    for (Map.Entry<String, HostFunctions.Raw> export :
        Objects.requireNonNull(hostModules.get(name)).entrySet()) {
      js.defineProperty(object, export.getKey(), function(name, export));
    }
    return object;
  }

  private long function(String module, Map.Entry<String, HostFunctions.Raw> export) {
    String name = export.getKey();
    return switch (export.getValue()) {
      case HostFunctions.GuestFunction(var slot, var length) ->
          js.newGuestFunction(name, slot, length);
      case HostFunctions.Raw raw ->
          js.newHostFunction(name, functions.id(module + "/" + name, raw));
    };
  }

  // ---- Asked by Java ----

  /**
   * A started evaluation.
   *
   * @param promise of the evaluation
   * @param namespace of the module; both are the holder's to free
   */
  record Started(long promise, long namespace) {}

  /**
   * Evaluates the module that the loader knows by this name, or joins its evaluation.
   *
   * <p>Goes through a module that only re-exports it: QuickJS finds that one's dependency by name,
   * loaded or not, and tells at once how its evaluation stands.
   */
  Started evaluate(String name) {
    long stub = stubFor(name);
    long promise = js.run(js.duplicate(stub));
    long exports = js.moduleNamespace(Value.payload(stub));
    try {
      boolean linked = js.promiseState(promise) != 2;
      return new Started(promise, linked ? js.property(exports, "namespace") : Value.UNDEFINED);
    } finally {
      js.free(exports);
    }
  }

  /** One for each name: QuickJS never lets go of a module whose imports it has found. */
  private long stubFor(String name) {
    Long known = stubs.get(name);
    if (known != null) {
      return known;
    }
    String source = "export * as namespace from " + quoted(name) + ";";
    resolved = name;
    long stub = compiler.module(EVALUATE, ModuleSource.of(source));
    js.resolveModule(stub);
    stubs.put(name, stub);
    return stub;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
    return quoted.append('"').toString();
  }
}
