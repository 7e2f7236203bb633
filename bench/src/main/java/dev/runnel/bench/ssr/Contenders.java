package dev.runnel.bench.ssr;

import dev.runnel.bench.race.Contender;
import dev.runnel.bench.race.Installed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who takes part: Runnel on its engines, and the peers that are installed. */
final class Contenders {
  static final String V8 = "v8";
  static final String V8_NODE_BUILD = "v8-node-build";
  static final String QUICKJS = "quickjs";
  static final String NODE_20 = "node-20";
  static final String NODE_LATEST = "node-latest";

  private final Path root;
  private final Path peers;

  /** The server with React's build for Node. */
  private final String app;

  /** The same with its build that writes text as it comes, which Runnel gathers. */
  private final String directApp;

  private final List<Contender> present = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Contenders(Path root, Path peers) {
    this.root = root;
    this.peers = peers;
    this.app = root.resolve("bench/target/ssr/node.mjs").toString();
    this.directApp = root.resolve("bench/target/ssr/direct.mjs").toString();
  }

  /** Each with that many workers. */
  static Contenders find(Path root, Path peers, int workers) throws InterruptedException {
    Contenders found = new Contenders(root, peers);
    found.addRunnel(V8, V8, found.directApp, workers);
    found.addNode(NODE_LATEST, found.installed("node"), workers);
    found.addNode20(workers);
    found.addRunnel(V8_NODE_BUILD, V8, found.app, workers);
    found.addRunnel(QUICKJS, QUICKJS, found.directApp, workers);
    found.addNode("bun", found.installed("bun"), workers);
    found.addDeno(workers);
    found.addGraalJs(workers);
    found.missing.add(
        "micronaut-views-react: io.micronaut.views:micronaut-views-react did not resolve from Maven"
            + " Central in any version that was tried (5.4.0 to 6.0.1)");
    return found;
  }

  /** In the order in which they are measured. */
  List<Contender> present() {
    return List.copyOf(present);
  }

  /** Who couldn't be had, and why. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  private String installed(String name) {
    return peers.resolve("node_modules/.bin").resolve(name).toString();
  }

  private void addRunnel(String name, String engine, String program, int workers) {
    List<String> command =
        List.of(
            root.resolve("runnel").toString(),
            "run",
            "--engine=" + engine,
            "--isolates=" + workers,
            "--env=PORT=" + Contender.PORT,
            program);
    String build =
        program.equals(app) ? "React's build for Node" : "React's build that writes text";
    present.add(
        Contender.of(name, "Runnel, engine %s, %s".formatted(engine, build), command, Map.of()));
  }

  private void addNode(String name, String command, int workers) throws InterruptedException {
    Optional<String> version = version(name, command);
    if (version.isPresent()) {
      present.add(Contender.of(name, version.get(), List.of(command, app), environment(workers)));
    }
  }

  private void addNode20(int workers) throws InterruptedException {
    Optional<String> version = version(NODE_20, "node");
    if (version.isPresent() && version.get().startsWith("v20.")) {
      addNode(NODE_20, "node", workers);
    } else {
      version.ifPresent(other -> missing.add(NODE_20 + ": the machine's node is " + other));
    }
  }

  /** Deno has no cluster. */
  private void addDeno(int workers) throws InterruptedException {
    String command = installed("deno");
    Optional<String> version = version("deno", command);
    if (version.isPresent()) {
      Map<String, String> alone = Map.of("PORT", Contender.PORT);
      Map<String, String> sharing = Map.of("PORT", Contender.PORT, "REUSE_PORT", "1");
      present.add(
          Contender.of(
                  "deno",
                  version.get(),
                  List.of(command, "run", "--allow-all", "--quiet", app),
                  workers == 1 ? alone : sharing)
              .withProcesses(workers));
    }
  }

  /** One context only: more would be more servers. */
  private void addGraalJs(int workers) {
    Path libraries = peers.resolve("graaljs");
    if (workers > 1) {
      return;
    }
    if (!Files.isDirectory(libraries)) {
      missing.add("graaljs: its libraries could not be fetched, see graaljs.log in " + peers);
      return;
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            libraries + "/*",
            root.resolve("bench/graaljs/GraalServer.java").toString(),
            Contender.PORT,
            root.resolve("bench/target/ssr/graaljs.js").toString());
    present.add(
        Contender.of("graaljs", "GraalJS on Java " + Runtime.version(), command, Map.of())
            .withoutSuspense());
  }

  private static Map<String, String> environment(int workers) {
    return Map.of("PORT", Contender.PORT, "WORKERS", Integer.toString(workers));
  }

  private Optional<String> version(String name, String command) throws InterruptedException {
    Optional<String> said = Installed.version(command);
    if (said.isEmpty()) {
      missing.add("%s: %s could not be started".formatted(name, command));
    }
    return said;
  }
}
