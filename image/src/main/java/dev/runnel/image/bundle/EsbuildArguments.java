package dev.runnel.image.bundle;

import dev.runnel.image.pack.AppProgram.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What esbuild is told. */
final class EsbuildArguments {
  /** Images and fonts are files that browsers get, under a name with a digest. */
  private static final List<String> FILES =
      List.of(
          ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff", ".woff2",
          ".ttf", ".otf");

  /** Names that are Runnel's own besides Node's. */
  private static final List<String> BUILT_IN = List.of("node:*", "cloudflare:*", "qjs:*", "std");

  /** A worker may import Node's modules by their old names too. */
  private static final List<String> NODE =
      List.of(
          "assert",
          "async_hooks",
          "buffer",
          "child_process",
          "cluster",
          "console",
          "constants",
          "crypto",
          "dgram",
          "diagnostics_channel",
          "dns",
          "domain",
          "events",
          "fs",
          "fs/promises",
          "http",
          "http2",
          "https",
          "inspector",
          "module",
          "net",
          "os",
          "path",
          "path/posix",
          "perf_hooks",
          "process",
          "punycode",
          "querystring",
          "readline",
          "repl",
          "stream",
          "stream/promises",
          "stream/web",
          "string_decoder",
          "timers",
          "timers/promises",
          "tls",
          "tty",
          "url",
          "util",
          "util/types",
          "v8",
          "vm",
          "worker_threads",
          "zlib");

  /** Endings that esbuild has no loader of the same name for. */
  private static final Map<String, String> LANGUAGES = Map.of("mts", "ts", "cts", "ts");

  private EsbuildArguments() {}

  static List<String> server(Path entry, Kind kind, Path client, String mode) {
    List<String> all = common(entry, client, mode);
    all.addAll(
        List.of(
            "--entry-names=../main",
            "--target=es2023",
            "--sourcemap=external",
            "--sources-content=false"));
    BUILT_IN.forEach(name -> all.add("--external:" + name));
    switch (kind) {
      case NODE -> all.add("--platform=node");
      case WORKER -> {
        all.addAll(
            List.of(
                "--platform=neutral",
                "--main-fields=module,main",
                "--conditions=workerd,edge-light,worker"));
        NODE.forEach(name -> all.add("--external:" + name));
      }
    }
    return all;
  }

  static List<String> client(Path entry, Path client, String mode) {
    List<String> all = common(entry, client, mode);
    all.addAll(
        List.of(
            "--entry-names=assets/[name]-[hash]",
            "--platform=browser",
            "--target=es2022",
            "--minify"));
    return all;
  }

  private static List<String> common(Path entry, Path client, String mode) {
    List<String> all =
        new ArrayList<>(
            List.of(
                entry.toString(),
                "--bundle",
                "--format=esm",
                "--outdir=" + client,
                "--asset-names=assets/[name]-[hash]",
                "--public-path=/",
                "--jsx=automatic",
                "--charset=utf8",
                "--legal-comments=none",
                "--log-level=warning",
                "--define:process.env.NODE_ENV=\"" + mode + "\""));
    FILES.forEach(extension -> all.add("--loader:" + extension + "=file"));
    return all;
  }

  /** Of one module that is read from the standard input. */
  static List<String> module(String name, Optional<String> tsconfig) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    List<String> all =
        new ArrayList<>(
            List.of(
                "--sourcefile=" + name,
                "--loader=" + LANGUAGES.getOrDefault(ending, ending),
                "--target=es2023",
                "--jsx=automatic",
                "--charset=utf8",
                "--sourcemap=inline",
                "--sources-content=false",
                "--log-level=error"));
    if (ending.equals("cts")) {
      all.add("--format=cjs");
    }
    tsconfig.ifPresent(text -> all.add("--tsconfig-raw=" + text));
    return all;
  }

  /** Only tells of the entry's exports. */
  static List<String> probe(Path entry, Path out, Path meta) {
    return List.of(
        entry.toString(),
        "--format=esm",
        "--outfile=" + out,
        "--metafile=" + meta,
        "--log-level=silent");
  }
}
