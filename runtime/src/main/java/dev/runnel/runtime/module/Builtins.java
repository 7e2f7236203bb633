package dev.runnel.runtime.module;

import dev.runnel.engine.Engine;
import dev.runnel.engine.ModuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The modules that are part of Runnel. The bundler wrote a line for each, with the names it
 * exports; a program that imports one gets a small module over the registry in {@code
 * internal:boot}. Most are in parts of their own, {@code internal:boot/NAME}, which the registry
 * loads when they are first asked for.
 */
public final class Builtins {
  public static final String BOOT = "internal:boot";
  public static final String NODE_SCHEME = "node:";
  private static final String STD_SCHEME = "std:";
  private static final String CLOUDFLARE_SCHEME = "cloudflare:";
  private static final Map<String, String> ALIASES =
      Map.of(
          "std", "std:std",
          "qjs:std", "std:std",
          "qjs:os", "std:os",
          "wasi_net", "std:wasi_net",
          "wasi_http", "std:wasi_http");

  /** Node's modules that have no bare name, which is a package's. */
  private static final Set<String> WITH_SCHEME_ONLY =
      Set.of("sea", "sqlite", "test", "test/reporters");

  private static final String PART = BOOT + "/";
  private static final String FOLDER = "/dev/runnel/runtime/js/";

  private final Map<String, List<String>> exports = new TreeMap<>();
  private final String engine;
  private final String digest;
  private final Set<String> parts;

  private Builtins(String engine, String manifest, List<String> digestAndParts) {
    this.engine = engine;
    this.digest = digestAndParts.getFirst();
    this.parts = Set.copyOf(digestAndParts.subList(1, digestAndParts.size()));
    for (String line : manifest.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      exports.put(words.getFirst(), words.subList(1, words.size()));
    }
  }

  /**
   * Those that the build put beside this class.
   *
   * @param engine the name of the one that will run them
   */
  public static Builtins load(String engine) {
    return new Builtins(engine, text("builtins.txt"), text("parts.txt").lines().toList());
  }

  /** Compiles each part ahead of time, where the engine can, into that folder of classes. */
  public static void compile(Engine engine, Path classes) throws IOException {
    Builtins builtins = load(engine.name());
    for (String part : builtins.parts) {
      String name = PART + part;
      Optional<byte[]> code = engine.compile(name, ModuleSource.builtIn(text(fileOf(name))));
      if (code.isPresent()) {
        Path file = classes.resolve((FOLDER + builtins.codeFileOf(name)).substring(1));
        Files.write(file, code.get());
      }
    }
  }

  /** Identifies the text of all of them. */
  public String digest() {
    return digest;
  }

  /** True for {@code internal:boot} and its parts, which may import what programs may not. */
  boolean isOwn(String name) {
    return name.equals(BOOT)
        || name.startsWith(PART) && parts.contains(name.substring(PART.length()));
  }

  /** The name of a part that another one imports as {@code ./FILE.mjs}. */
  String besides(String file) {
    return PART + file.replaceFirst("^\\./", "").replaceFirst("\\.mjs$", "");
  }

  /** {@code internal:boot} or a part, compiled if the build did that for this engine. */
  ModuleSource source(String name) {
    ModuleSource source = ModuleSource.builtIn(text(fileOf(name)));
    return resource(codeFileOf(name)).map(source::withCode).orElse(source);
  }

  private static String fileOf(String name) {
    return name.substring("internal:".length()) + ".mjs";
  }

  private String codeFileOf(String name) {
    return name.substring("internal:".length()) + "." + engine;
  }

  /** The module's name when the specifier means a built-in. */
  public Optional<String> resolve(String specifier) {
    String alias = ALIASES.get(specifier);
    if (alias != null) {
      return Optional.of(alias);
    }
    if (specifier.startsWith(CLOUDFLARE_SCHEME)) {
      return exports.containsKey(specifier) ? Optional.of(specifier) : Optional.empty();
    }
    boolean hasScheme = specifier.startsWith(NODE_SCHEME);
    String bare = hasScheme ? specifier.substring(NODE_SCHEME.length()) : specifier;
    if (!hasScheme && WITH_SCHEME_ONLY.contains(bare)) {
      return Optional.empty();
    }
    return exports.containsKey(bare) && bare.indexOf(':') < 0
        ? Optional.of(NODE_SCHEME + bare)
        : Optional.empty();
  }

  /** True for the specifiers that only programs for QuickJS and wasmedge-quickjs import. */
  static boolean isOfQuickJs(String specifier) {
    return ALIASES.containsKey(specifier);
  }

  public boolean isBuiltinName(String name) {
    return name.startsWith(NODE_SCHEME)
        || name.startsWith(STD_SCHEME)
        || name.startsWith(CLOUDFLARE_SCHEME);
  }

  /** True for a specifier that stands for a built-in module and nothing else. */
  boolean isBuiltinScheme(String specifier) {
    return specifier.startsWith(NODE_SCHEME) || specifier.startsWith(CLOUDFLARE_SCHEME);
  }

  /** The module over the registry. */
  String stub(String name) {
    String key = name.startsWith(NODE_SCHEME) ? name.substring(NODE_SCHEME.length()) : name;
    var text = new StringBuilder("import { builtin } from \"" + BOOT + "\";\n");
    text.append("const module = builtin(\"").append(key).append("\");\n");
    for (String export : exports.getOrDefault(key, List.of())) {
      if (export.equals("default")) {
        text.append("export default module.default;\n");
      } else {
        text.append("const $").append(export).append(" = module.").append(export).append(";\n");
        text.append("export { $").append(export).append(" as ").append(export).append(" };\n");
      }
    }
    return text.toString();
  }

  private static String text(String name) {
    byte[] bytes =
        resource(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The build left out %s: run the Maven build of the runtime module again."
                            .formatted(name)));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> resource(String name) {
    try (var in = Builtins.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
