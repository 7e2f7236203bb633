package dev.runnel.v8;

import com.caoccao.javet.exceptions.BaseJavetScriptingException;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.callback.IV8ModuleResolver;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.IV8Module;
import com.caoccao.javet.values.reference.V8Module;
import com.caoccao.javet.values.reference.V8ValueObject;
import com.caoccao.javet.values.reference.V8ValuePromise;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsException;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one isolate: which one an import means, what is in it, and what {@code import()}
 * and {@code import.meta}, which Javet doesn't offer, are in its text.
 */
final class Modules {
  private static final String HOST = "host:";
  private static final String STUB = "engine:evaluate/";

  private final V8Runtime runtime;
  private final ModuleLoader loader;
  private final Boundary boundary;
  private final HostCalls calls;
  private final CodeCache codeCache;
  private final int startNumber;
  private final Map<String, V8ValueObject> hostModules = new HashMap<>();
  private final Map<String, V8Module> modules = new HashMap<>();
  private final Map<String, V8Module> metas = new HashMap<>();
  private int stubs;
  private int hidden;

  /** What went wrong while V8 linked a graph: V8 itself only learns that something did. */
  private @Nullable RuntimeException linkFailure;

  Modules(ModuleLoader loader, Boundary boundary, HostCalls calls, CodeCache codeCache) {
    this.runtime = boundary.runtime();
    this.loader = loader;
    this.boundary = boundary;
    this.calls = calls;
    this.codeCache = codeCache;
    this.startNumber = calls.addRaw(this::startFromGuest);
    runtime.setV8ModuleResolver(new Resolver());
  }

  // ---- Host modules ----

  void add(HostModule module) throws JavetException {
    SequencedMap<String, HostFunction> functions = module.functions();
    List<V8Value> arguments = new ArrayList<>();
    int first = -1;
    for (Map.Entry<String, HostFunction> function : functions.entrySet()) {
      int number = calls.add(function.getValue());
      first = first < 0 ? number : first;
      arguments.add(boundary.text(function.getKey()));
    }
    arguments.addFirst(boundary.number(first));
    add(
        module.specifier(),
        boundary.call(Boundary.Guest.hostModule, arguments.toArray(V8Value[]::new)));
  }

  /** Takes an object whose properties are the module's exports. */
  void add(String specifier, V8ValueObject exports) {
    if (hostModules.putIfAbsent(specifier, exports) != null) {
      throw new IllegalArgumentException("There are two modules %s.".formatted(specifier));
    }
  }

  // ---- Evaluation ----

  /**
   * A started evaluation. Both are the holder's to close.
   *
   * @param promise of the evaluation
   * @param stub the namespace of a module that exports the evaluated one as {@code namespace}
   */
  record Started(V8ValuePromise promise, V8ValueObject stub) {
    V8Value namespace() throws JavetException {
      return stub.get("namespace");
    }
  }

  /**
   * Evaluates the module of that name, or joins its evaluation, through a module that only
   * re-exports it: V8 tells how that one's evaluation stands, whatever was evaluated before.
   *
   * @throws HostError when the loader can't find or read a module of the graph
   * @throws JsException when one of them doesn't compile or link
   */
  Started start(String name) throws JavetException {
    String stubName = STUB + stubs++;
    linkFailure = null;
    try (V8Module stub =
        runtime
            .getExecutor("export * as namespace from " + quoted(name))
            .setResourceName(stubName)
            .compileV8Module()) {
      link(stub);
      V8ValuePromise promise = stub.evaluate(true);
      return new Started(promise, (V8ValueObject) stub.getNamespace());
    } finally {
      runtime.removeV8Module(stubName);
    }
  }

  private void link(V8Module module) throws JavetException {
    try {
      if (module.instantiate()) {
        return;
      }
    } catch (BaseJavetScriptingException unlinkable) {
      if (linkFailure == null) {
        throw ScriptErrors.read(unlinkable);
      }
    }
    throw linkFailure != null
        ? linkFailure
        : new IllegalStateException("V8 refused to link a module without a reason.");
  }

  /** {@code import()}: called by the guest with the file and the specifier. */
  private V8Value startFromGuest(V8Value[] crossed) throws JavetException {
    String referrer = crossed[1].toString();
    try {
      Started started = start(loader.resolve(crossed[2].toString(), referrer));
      try (V8Value promise = started.promise();
          V8Value stub = started.stub()) {
        return boundary.call(Boundary.Guest.pair, promise, stub);
      }
    } catch (JsException broken) {
      throw new GuestThrow(boundary.rebuild(broken));
    }
  }

  // ---- Asked by V8 while it links ----

  private final class Resolver implements IV8ModuleResolver {
    /** Keeps Javet from looking in its own table, which knows no loader. */
    @Override
    public String getAbsoluteResourceName(
        V8Runtime asking, String specifier, @Nullable IV8Module referrer) {
      return "\0" + specifier;
    }

    @Override
    public @Nullable IV8Module resolve(
        V8Runtime asking, String specifier, @Nullable IV8Module referrer) throws JavetException {
      try {
        return module(specifier, referrer == null ? "" : referrer.getResourceName());
      } catch (HostError | JsException failed) {
        linkFailure = linkFailure == null ? failed : linkFailure;
        return null;
      }
    }
  }

  private V8Module module(String specifier, String referrer) throws JavetException {
    if (specifier.equals(ImportRewriter.META_SPECIFIER)) {
      return java.util.Objects.requireNonNull(metas.get(referrer));
    }
    String name = referrer.startsWith(STUB) ? specifier : loader.resolve(specifier, referrer);
    V8Module known = modules.get(name);
    if (known != null) {
      return known;
    }
    V8Module made = name.startsWith(HOST) ? hostModule(name) : compile(name, loader.load(name));
    modules.put(name, made);
    return made;
  }

  private V8Module hostModule(String name) throws JavetException {
    V8ValueObject exports = hostModules.get(name);
    if (exports == null) {
      throw HostError.error("ERR_MODULE_NOT_FOUND", "There is no host module %s.", name);
    }
    return runtime.createV8Module(name, exports);
  }

  private V8Module compile(String name, ModuleSource source) throws JavetException {
    ImportRewriter rewritten = ImportRewriter.module(source.text());
    if (rewritten.changed()) {
      metas.put(name, metaModule(name, source, rewritten));
    }
    try {
      return codeCache.compile(runtime, name, rewritten.text());
    } catch (BaseJavetScriptingException broken) {
      throw ScriptErrors.read(broken);
    }
  }

  /** The module behind {@link ImportRewriter#META_SPECIFIER} for one file. */
  private V8Module metaModule(String name, ModuleSource source, ImportRewriter rewritten)
      throws JavetException {
    List<V8Value> pairs = new ArrayList<>();
    for (Map.Entry<String, String> property : source.meta().entrySet()) {
      pairs.add(boundary.text(property.getKey()));
      pairs.add(boundary.text(property.getValue()));
    }
    try (V8ValueObject exports = runtime.createV8ValueObject();
        V8Value meta = boundary.call(Boundary.Guest.importMeta, pairs.toArray(V8Value[]::new));
        V8Value load = importFunction(name)) {
      exports.set(rewritten.metaName(), meta);
      exports.set(rewritten.importName(), load);
      return runtime.createV8Module(ImportRewriter.META_SPECIFIER + "/" + name, exports);
    }
  }

  private V8Value importFunction(String referrer) throws JavetException {
    try (V8Value start = boundary.call(Boundary.Guest.start, boundary.number(startNumber))) {
      return boundary.call(Boundary.Guest.importFrom, start, boundary.text(referrer));
    }
  }

  // ---- Scripts ----

  /** The text of a classic script in which {@code import()} works. */
  String script(String name, String text) throws JavetException {
    ImportRewriter rewritten = ImportRewriter.script(text, () -> hidden++);
    if (rewritten.changed()) {
      try (V8Value load = importFunction(name)) {
        boundary.callVoid(Boundary.Guest.defineHidden, boundary.text(rewritten.importName()), load);
      }
    }
    return rewritten.text();
  }

  void close() {
    hostModules.values().forEach(Values::close);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
    return quoted.append('"').toString();
  }
}
