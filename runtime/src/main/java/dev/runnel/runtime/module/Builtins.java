package dev.runnel.runtime.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The modules that are part of Runnel. The bundler wrote a line for each, with the names it
 * exports; a program that imports one gets a small module over the registry in {@code
 * internal:boot}.
 */
public final class Builtins {
  public static final String BOOT = "internal:boot";
  public static final String NODE_SCHEME = "node:";
  private static final String STD_SCHEME = "std:";
  private static final Map<String, String> ALIASES =
      Map.of("std", "std:std", "qjs:std", "std:std", "qjs:os", "std:os");

  /** Node's modules that Runnel doesn't have. Importing one fails with a sentence that says so. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "child_process",
          "cluster",
          "dgram",
          "dns",
          "domain",
          "http2",
          "https",
          "inspector",
          "readline",
          "repl",
          "sqlite",
          "test",
          "tls",
          "trace_events",
          "tty",
          "v8",
          "vm",
          "wasi",
          "worker_threads");

  private final Map<String, List<String>> exports = new TreeMap<>();
  private final String bootSource;

  private Builtins(String manifest, String bootSource) {
    this.bootSource = bootSource;
    for (String line : manifest.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      exports.put(words.getFirst(), words.subList(1, words.size()));
    }
  }

  /** Those that the build put beside this class. */
  public static Builtins load() {
    return new Builtins(resource("builtins.txt"), resource("boot.mjs"));
  }

  public String bootSource() {
    return bootSource;
  }

  /** The module's name when the specifier means a built-in. */
  public Optional<String> resolve(String specifier) {
    String alias = ALIASES.get(specifier);
    if (alias != null) {
      return Optional.of(alias);
    }
    String bare =
        specifier.startsWith(NODE_SCHEME) ? specifier.substring(NODE_SCHEME.length()) : specifier;
    return exports.containsKey(bare) && !bare.startsWith(STD_SCHEME)
        ? Optional.of(NODE_SCHEME + bare)
        : Optional.empty();
  }

  public boolean isBuiltinName(String name) {
    return name.startsWith(NODE_SCHEME) || name.startsWith(STD_SCHEME);
  }

  /** True for a module of Node's that Runnel lacks. */
  public boolean isUnsupported(String specifier) {
    return specifier.startsWith(NODE_SCHEME) || UNSUPPORTED.contains(specifier.split("/", 2)[0]);
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

  private static String resource(String name) {
    try (var in = Builtins.class.getResourceAsStream("/dev/runnel/runtime/js/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The build left out " + name + ": run the Maven build of the runtime module again.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
