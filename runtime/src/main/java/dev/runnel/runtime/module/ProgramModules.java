package dev.runnel.runtime.module;

import com.google.gson.JsonPrimitive;
import dev.runnel.engine.HostError;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.runtime.snapshot.RecordedReads;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The modules of one program. Files go by their real path, built-ins by {@code node:NAME}.
 *
 * <p>What a module may import is decided by where this class itself found it: only the boot module
 * and its parts get at {@code host:}, and only those and generated stubs at {@code internal:}.
 */
public final class ProgramModules implements ModuleLoader {
  private static final Set<String> NODE_CONDITIONS = Set.of("node", "import", "module-sync");
  private static final Set<String> WORKER_CONDITIONS =
      Set.of("workerd", "edge-light", "worker", "import", "module-sync");

  /** What a program is written for, which decides the export conditions. */
  public enum Kind {
    NODE,
    WORKER
  }

  private final Builtins builtins;
  private final ModuleFiles files;
  private final NodeResolver resolver;
  private final Path entry;
  private final Set<String> stubs = new HashSet<>();
  private final Set<String> loaded = new LinkedHashSet<>();
  private Asked asked = new Asked("", "");
  private String failure = "";
  private RecordedReads reads = new RecordedReads();

  /** What the engine last asked for. */
  private record Asked(String specifier, String referrer) {}

  public ProgramModules(Builtins builtins, ModuleFiles files, Path entry, Kind kind) {
    this.builtins = builtins;
    this.files = files;
    this.entry = entry;
    this.resolver =
        new NodeResolver(
            files,
            kind == Kind.WORKER ? WORKER_CONDITIONS : NODE_CONDITIONS,
            Optional.ofNullable(entry.getParent()).orElse(entry));
  }

  /** From now on every file that is read is noted there. */
  public void recordTo(RecordedReads changed) {
    reads = changed;
  }

  /**
   * What the entry is: its package says, or its default export does. Bundlers give programs a
   * default export too, but no worker imports QuickJS's modules.
   */
  public static Kind kindOf(Path entry, ModuleFiles files) {
    String said = PackageJson.around(entry).flatMap(json -> json.runnel("kind")).orElse("");
    return switch (said) {
      case "worker" -> Kind.WORKER;
      case "node" -> Kind.NODE;
      case "" -> isWorker(files.javaScript(entry, files.read(entry))) ? Kind.WORKER : Kind.NODE;
      default ->
          throw HostError.error(
              "ERR_INVALID_PACKAGE_CONFIG",
              "\"runnel\": { \"kind\": \"%s\" } must be \"worker\" or \"node\".",
              said);
    };
  }

  private static boolean isWorker(String source) {
    return SyntaxDetection.hasDefaultExport(source)
        && ImportSites.specifiers(source).stream().noneMatch(Builtins::isOfQuickJs);
  }

  @Override
  public String resolve(String specifier, String referrer) {
    asked = new Asked(specifier, referrer);
    return noting(() -> find(specifier, referrer));
  }

  /** Keeps a failure's message, by which {@link #importBehind} knows it again. */
  private <T> T noting(Supplier<T> work) {
    try {
      return work.get();
    } catch (HostError e) {
      failure = e.guestMessage();
      throw e;
    }
  }

  private String find(String specifier, String referrer) {
    if (builtins.isOwn(referrer) && specifier.startsWith("./")) {
      return builtins.besides(specifier);
    }
    if (isPrivate(specifier)) {
      return resolvePrivate(specifier, referrer);
    }
    return builtin(specifier)
        .orElseGet(() -> file(specifier, referrer, NodeResolver.Mode.IMPORT).toString());
  }

  /** As {@code require} resolves. */
  public String resolveRequired(String specifier, String referrer) {
    if (isPrivate(specifier)) {
      throw refused(specifier);
    }
    return builtin(specifier)
        .orElseGet(() -> file(specifier, referrer, NodeResolver.Mode.REQUIRE).toString());
  }

  private static boolean isPrivate(String specifier) {
    return specifier.startsWith("host:") || specifier.startsWith("internal:");
  }

  private String resolvePrivate(String specifier, String referrer) {
    boolean granted =
        builtins.isOwn(referrer) || specifier.equals(Builtins.BOOT) && stubs.contains(referrer);
    if (!granted) {
      throw refused(specifier);
    }
    return specifier;
  }

  private static HostError refused(String specifier) {
    return HostError.error(
        "ERR_MODULE_NOT_FOUND", "Cannot find module '%s': programs can't import it.", specifier);
  }

  private Optional<String> builtin(String specifier) {
    var name = builtins.resolve(specifier);
    if (name.isEmpty() && builtins.isBuiltinScheme(specifier)) {
      throw unsupported(specifier);
    }
    return name;
  }

  private Path file(String specifier, String referrer, NodeResolver.Mode mode) {
    if (!referrer.startsWith("/") && specifier.startsWith(".")) {
      throw HostError.error(
          "ERR_UNSUPPORTED_RESOLVE_REQUEST",
          "Cannot resolve \"%s\": code that was made at run time has no file to be relative to."
              + " Import an absolute path instead.",
          specifier);
    }
    try {
      return resolver.resolve(specifier, referrerPath(referrer), mode);
    } catch (InvalidPathException e) {
      throw noPath(specifier);
    } catch (HostError e) {
      if (builtins.isBuiltinScheme(specifier)) {
        throw unsupported(specifier);
      }
      throw e;
    }
  }

  private Path referrerPath(String referrer) {
    return referrer.startsWith("/") ? path(referrer) : entry;
  }

  private static HostError unsupported(String specifier) {
    return HostError.error(
        "ERR_UNKNOWN_BUILTIN_MODULE", "Runnel does not have the module '%s'.", specifier);
  }

  @Override
  public ModuleSource load(String name) {
    ModuleSource source = noting(() -> sourceOf(name));
    loaded.add(name);
    return source;
  }

  private ModuleSource sourceOf(String name) {
    if (builtins.isOwn(name)) {
      return builtins.source(name);
    }
    if (builtins.isBuiltinName(name)) {
      stubs.add(name);
      return ModuleSource.of(builtins.stub(name));
    }
    Path file = path(name);
    String text = read(name);
    return switch (format(file, text)) {
      case ES_MODULE -> new ModuleSource(text, meta(file));
      case COMMON_JS -> commonJsStub(file, text);
      case JSON -> ModuleSource.of("export default JSON.parse(" + quoted(text) + ");");
    };
  }

  /**
   * The place, as {@code file:line:column}, of the import that an error of linking speaks of.
   *
   * @param message names what is missing; with quotes, where it is a module's export
   */
  public Optional<String> importBehind(String message) {
    if (!failure.isEmpty() && message.contains(failure)) {
      return text(asked.referrer())
          .flatMap(text -> ImportSites.ofSpecifier(text, asked.specifier()))
          .map(site -> place(asked.referrer(), site));
    }
    return loaded.stream().flatMap(name -> importIn(name, message).stream()).findFirst();
  }

  private Optional<String> importIn(String name, String message) {
    return text(name).map(ImportSites::ofNames).stream()
        .flatMap(List::stream)
        .filter(site -> message.contains("'" + site.word() + "'"))
        .filter(site -> isNamed(site.specifier(), name, message))
        .findFirst()
        .map(site -> place(name, site));
  }

  private boolean isNamed(String specifier, String referrer, String message) {
    try {
      return message.contains("'" + specifier + "'")
          || message.contains("'" + find(specifier, referrer) + "'");
    } catch (HostError notFound) {
      return false;
    }
  }

  private static String place(String file, ImportSites.Site site) {
    return "%s:%d:%d".formatted(file, site.line(), site.column());
  }

  /** Of a file of the program. */
  private Optional<String> text(String name) {
    try {
      return name.startsWith("/") ? Optional.of(files.read(path(name))) : Optional.empty();
    } catch (HostError gone) {
      return Optional.empty();
    }
  }

  /** The text of a file that {@code require} loads, in JavaScript. */
  public String read(String name) {
    Path file = path(name);
    String text = files.read(file);
    reads.imported(name, text);
    files.tsconfig(file).ifPresent(found -> reads.imported(found.toString(), files.read(found)));
    return files.javaScript(file, text);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw noPath(name);
    }
  }

  private static HostError noPath(String name) {
    return HostError.type(
        "ERR_INVALID_MODULE_SPECIFIER", "\"%s\" must not include NUL characters.", name);
  }

  public ModuleFormat format(String name) {
    return builtins.isBuiltinName(name) ? ModuleFormat.ES_MODULE : format(path(name), read(name));
  }

  private static ModuleFormat format(Path file, String text) {
    String ending = ModuleFiles.ending(file);
    return switch (ending) {
      case "mjs", "mts" -> ModuleFormat.ES_MODULE;
      case "cjs", "cts" -> ModuleFormat.COMMON_JS;
      case "json" -> ModuleFormat.JSON;
      case "wasm", "node" ->
          throw HostError.type(
              "ERR_UNKNOWN_FILE_EXTENSION", "Unknown file extension \".%s\" for %s", ending, file);
      default -> byPackageType(file, text);
    };
  }

  private static ModuleFormat byPackageType(Path file, String text) {
    String type = PackageJson.around(file).flatMap(PackageJson::type).orElse("");
    boolean isModule =
        switch (type) {
          case "module" -> true;
          case "commonjs" -> false;
          default -> SyntaxDetection.isModule(text);
        };
    return isModule ? ModuleFormat.ES_MODULE : ModuleFormat.COMMON_JS;
  }

  private static LinkedHashMap<String, String> meta(Path file) {
    var meta = new LinkedHashMap<String, String>();
    meta.put("dirname", String.valueOf(file.getParent()));
    meta.put("filename", file.toString());
    meta.put("url", file.toUri().toString());
    return meta;
  }

  private ModuleSource commonJsStub(Path file, String text) {
    stubs.add(file.toString());
    var stub = new StringBuilder();
    stub.append("import { loadCommonJs } from \"").append(Builtins.BOOT).append("\";\n");
    stub.append("const module = loadCommonJs(").append(quoted(file.toString())).append(");\n");
    stub.append("export default module;\nexport { module as \"module.exports\" };\n");
    int number = 0;
    for (String name : commonJsNames(file, text, new HashSet<>())) {
      String local = "e" + number++;
      stub.append("const ")
          .append(local)
          .append(" = module?.[")
          .append(quoted(name))
          .append("];\n");
      stub.append("export { ").append(local).append(" as ").append(quoted(name)).append(" };\n");
    }
    return ModuleSource.of(stub.toString());
  }

  private Set<String> commonJsNames(Path file, String text, Set<Path> visited) {
    if (!visited.add(file)) {
      return Set.of();
    }
    CommonJsExports.Found found = CommonJsExports.in(text);
    Set<String> names = new LinkedHashSet<>(found.names());
    for (String specifier : found.reexports()) {
      names.addAll(reexportedNames(specifier, file, visited));
    }
    return names;
  }

  private Set<String> reexportedNames(String specifier, Path referrer, Set<Path> visited) {
    if (builtins.resolve(specifier).isPresent()) {
      return Set.of();
    }
    try {
      Path file = resolver.resolve(specifier, referrer, NodeResolver.Mode.REQUIRE);
      String text = read(file.toString());
      return format(file, text) == ModuleFormat.COMMON_JS
          ? commonJsNames(file, text, visited)
          : Set.of();
    } catch (HostError e) {
      // The names are a guess; running the file reports what is wrong with it.
      return Set.of();
    }
  }

  /** JSON strings are JavaScript strings. */
  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
