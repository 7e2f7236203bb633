package dev.runnel.runtime.module;

import com.google.gson.JsonElement;
import dev.runnel.engine.HostError;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a specifier into a file as Node does (its documentation, "ECMAScript modules", "Resolution
 * Algorithm"; "Modules: CommonJS modules", "All together").
 */
final class NodeResolver {

  /** Which rules apply: {@code import} wants whole file names, {@code require} completes them. */
  enum Mode {
    IMPORT,
    REQUIRE
  }

  private static final List<String> REQUIRE_ENDINGS = List.of("", ".js", ".json", ".cjs");
  private static final List<String> PACKAGE_ENDINGS =
      List.of("", ".js", ".json", "/index.js", "/index.json");

  private static final List<String> SOURCE_ENDINGS =
      List.of(".ts", ".tsx", ".jsx", ".js", "/index.ts", "/index.tsx", "/index.jsx", "/index.js");

  /** What a name in JavaScript may have been made of. */
  private static final Map<String, List<String>> WRITTEN =
      Map.of(
          "js", List.of(".ts", ".tsx", ".jsx"),
          "jsx", List.of(".tsx"),
          "mjs", List.of(".mts"),
          "cjs", List.of(".cts"));

  private final ModuleFiles files;
  private final Set<String> importConditions;
  private final Path programFolder;

  NodeResolver(ModuleFiles files, Set<String> importConditions, Path programFolder) {
    this.files = files;
    this.importConditions = importConditions;
    this.programFolder = programFolder;
  }

  Path resolve(String specifier, Path referrer, Mode mode) {
    return find(specifier, referrer, mode).orElseThrow(() -> notFound(specifier, referrer, mode));
  }

  private Optional<Path> find(String specifier, Path referrer, Mode mode) {
    if (specifier.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    if (specifier.startsWith("file:")) {
      return fileUrl(specifier).flatMap(path -> file(path, mode));
    }
    if (specifier.startsWith("#")) {
      return packageImport(specifier, referrer, mode);
    }
    if (isPath(specifier)) {
      Path path = folderOf(referrer).resolve(withoutQuery(specifier, mode));
      return file(path, mode).or(() -> source(path, referrer));
    }
    return bare(specifier, referrer, mode);
  }

  private static boolean isPath(String specifier) {
    return specifier.startsWith("./")
        || specifier.startsWith("../")
        || specifier.startsWith("/")
        || specifier.equals(".")
        || specifier.equals("..");
  }

  private static String withoutQuery(String specifier, Mode mode) {
    if (mode == Mode.REQUIRE) {
      return specifier;
    }
    int end = specifier.indexOf('?');
    String path = end < 0 ? specifier : specifier.substring(0, end);
    return path.indexOf('%') < 0 ? path : percentDecoded(path);
  }

  private static String percentDecoded(String path) {
    String lower = path.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("%2f") || lower.contains("%5c") || lower.contains("%00")) {
      throw HostError.type(
          "ERR_INVALID_MODULE_SPECIFIER",
          "The specifier \"%s\" must not include encoded \"/\", \"\\\" or NUL characters.",
          path);
    }
    try {
      return java.net.URLDecoder.decode(
          path.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static Optional<Path> fileUrl(String url) {
    try {
      return Optional.of(Path.of(URI.create(url)));
    } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> file(Path path, Mode mode) {
    if (mode == Mode.IMPORT) {
      return files.file(path);
    }
    return firstOf(path, REQUIRE_ENDINGS).or(() -> directory(path));
  }

  /**
   * As TypeScript does it, for modules that are transformed: {@code ./x.js} may be written in
   * {@code ./x.ts}, and endings may be left out.
   */
  private Optional<Path> source(Path path, Path referrer) {
    if (!ModuleFiles.isTransformed(referrer)) {
      return Optional.empty();
    }
    String name = path.toString();
    int dot = name.length() - ModuleFiles.ending(path).length() - 1;
    List<String> written = WRITTEN.get(ModuleFiles.ending(path));
    return written == null
        ? firstOf(path, SOURCE_ENDINGS)
        : firstOf(Path.of(name.substring(0, dot)), written);
  }

  private Optional<Path> directory(Path path) {
    return files.isDirectory(path)
        ? PackageJson.in(path)
            .flatMap(json -> json.string("main"))
            .flatMap(main -> firstOf(path.resolve(main), PACKAGE_ENDINGS))
            .or(() -> firstOf(path.resolve("index"), List.of(".js", ".json", ".cjs")))
        : Optional.empty();
  }

  private Optional<Path> firstOf(Path path, List<String> endings) {
    return endings.stream()
        .map(ending -> files.file(Path.of(path + ending)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Path> packageImport(String specifier, Path referrer, Mode mode) {
    return PackageJson.around(referrer)
        .flatMap(
            json ->
                json.element("imports")
                    .flatMap(imports -> targets(mode).find(imports, specifier))
                    .flatMap(
                        target ->
                            target.startsWith("./")
                                ? files.file(json.folder().resolve(target))
                                : bare(target, referrer, mode)));
  }

  private Optional<Path> bare(String specifier, Path referrer, Mode mode) {
    int scopeEnd = specifier.startsWith("@") ? specifier.indexOf('/') + 1 : 0;
    int nameEnd = specifier.indexOf('/', scopeEnd);
    String name = nameEnd < 0 ? specifier : specifier.substring(0, nameEnd);
    String subpath = nameEnd < 0 ? "." : "." + specifier.substring(nameEnd);
    return self(name, subpath, referrer, mode)
        .or(() -> inNodeModules(name, subpath, referrer, mode))
        .or(() -> inModulesFolder(specifier));
  }

  private Optional<Path> self(String name, String subpath, Path referrer, Mode mode) {
    return PackageJson.around(referrer)
        .filter(json -> json.string("name").filter(name::equals).isPresent())
        .flatMap(
            json ->
                json.element("exports").flatMap(exports -> export(json, exports, subpath, mode)));
  }

  private Optional<Path> inNodeModules(String name, String subpath, Path referrer, Mode mode) {
    for (Path folder = folderOf(referrer); folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve("node_modules").resolve(name);
      if (!folder.endsWith("node_modules") && files.isDirectory(candidate)) {
        return inPackage(candidate, subpath, mode);
      }
    }
    return Optional.empty();
  }

  private Optional<Path> inPackage(Path folder, String subpath, Mode mode) {
    Optional<PackageJson> json = PackageJson.in(folder);
    Optional<JsonElement> exports = json.flatMap(found -> found.element("exports"));
    if (exports.isPresent()) {
      return export(json.get(), exports.get(), subpath, mode);
    }
    if (!subpath.equals(".")) {
      return file(folder.resolve(subpath), mode);
    }
    return directory(folder);
  }

  private Optional<Path> export(PackageJson json, JsonElement exports, String subpath, Mode mode) {
    String target =
        targets(mode)
            .find(exports, subpath)
            .orElseThrow(
                () ->
                    HostError.error(
                        "ERR_PACKAGE_PATH_NOT_EXPORTED",
                        "Package subpath '%s' is not defined by \"exports\" in %s.",
                        subpath,
                        json.folder().resolve("package.json")));
    return files.file(json.folder().resolve(target).normalize());
  }

  /** Programs for wasmedge-quickjs keep packages as {@code ./modules/NAME.js}. */
  private Optional<Path> inModulesFolder(String specifier) {
    return firstOf(
        programFolder.resolve("modules").resolve(specifier), List.of(".js", ".mjs", "/index.js"));
  }

  private PackageTargets targets(Mode mode) {
    return new PackageTargets(
        mode == Mode.IMPORT ? importConditions : Set.of("node", "require", "module-sync"));
  }

  private static Path folderOf(Path referrer) {
    Path parent = referrer.getParent();
    return parent == null ? referrer : parent;
  }

  private static HostError notFound(String specifier, Path referrer, Mode mode) {
    return switch (mode) {
      case IMPORT ->
          HostError.error(
              "ERR_MODULE_NOT_FOUND",
              "Cannot find %s '%s' imported from %s",
              isPath(specifier) ? "module" : "package",
              specifier,
              referrer);
      case REQUIRE ->
          HostError.error(
              "MODULE_NOT_FOUND",
              "Cannot find module '%s'\nRequire stack:\n- %s",
              specifier,
              referrer);
    };
  }
}
