package dev.runnel.image.bundle;

import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.AppProgram.Kind;
import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds a program: one file for Runnel, and the files for browsers when the program names a
 * client. The same sources, packages and esbuild make the same bytes, wherever the folder is.
 */
public final class Bundler {
  private final SourceProgram program;
  private final Settings settings;
  private final Esbuild esbuild;

  /**
   * How it is built.
   *
   * @param mode what {@code process.env.NODE_ENV} is
   * @param cache a folder of the user's for esbuild
   */
  public record Settings(Mode mode, Shape shape, Install install, Path cache) {}

  /** What it is built for. */
  public enum Mode {
    PRODUCTION,
    DEVELOPMENT;

    private String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How the server's file looks; that for browsers is always small. */
  public enum Shape {
    READABLE,
    MINIFIED
  }

  /** Whether npm may be asked for packages that aren't there. */
  public enum Install {
    ALLOWED,
    REFUSED
  }

  private Bundler(SourceProgram program, Settings settings, Esbuild esbuild) {
    this.program = program;
    this.settings = settings;
    this.esbuild = esbuild;
  }

  /**
   * @param err takes what esbuild and npm say
   */
  public static Bundler of(SourceProgram program, Settings settings, PrintWriter err)
      throws BuildException, IOException, InterruptedException {
    Tool tool = new Tool(err);
    if (settings.install() == Install.ALLOWED) {
      new Dependencies(tool, Tool.onPath("npm"), program).install();
    }
    Esbuild esbuild = Esbuild.around(program.folder(), settings.cache(), tool);
    return new Bundler(program, settings, esbuild);
  }

  /**
   * Builds into a folder that is empty and whose parent is the program's: that parent is what paths
   * in the source map start from.
   */
  public AppProgram into(Path out) throws BuildException, IOException, InterruptedException {
    Path work = Files.createTempDirectory("runnel-build-");
    try {
      return new Building(out, work).run();
    } finally {
      Atomically.deleteFolder(work);
    }
  }

  /** One build. */
  private final class Building {
    private final Path out;
    private final Path client;
    private final Path work;
    private final Set<Path> inputs = new TreeSet<>();

    Building(Path out, Path work) {
      this.out = out;
      this.client = out.resolve(AppProgram.ASSETS);
      this.work = work;
    }

    AppProgram run() throws BuildException, IOException, InterruptedException {
      List<String> aliases = program.client().isPresent() ? List.of(client()) : List.of();
      Kind kind = kind();
      server(kind, aliases);
      return new AppProgram(
          program.identity(),
          kind,
          out.resolve(AppProgram.BUNDLE),
          Optional.of(out.resolve(AppProgram.SOURCE_MAP)),
          Optional.of(client).filter(Files::isDirectory),
          Components.of(inputs));
    }

    /** What {@code runnel:client} stands for in the server's file. */
    private String client() throws BuildException, IOException, InterruptedException {
      Metafile built =
          build(
              EsbuildArguments.client(
                  program.client().orElseThrow(), client, settings.mode().word()));
      byte[] manifest = ClientManifest.of(built, client);
      Files.write(out.resolve(AppProgram.CLIENT_MANIFEST), manifest);
      Path imported = out.resolve(AppProgram.CLIENT_MANIFEST);
      return "--alias:runnel:client=./" + program.folder().relativize(imported);
    }

    /** The package says, or the entry's exports do. */
    private Kind kind() throws BuildException, IOException, InterruptedException {
      String said = program.kind().orElse("");
      return switch (said) {
        case "worker" -> Kind.WORKER;
        case "node" -> Kind.NODE;
        case "" -> exportsDefault() ? Kind.WORKER : Kind.NODE;
        default ->
            throw new BuildException(
                "\"runnel\": { \"kind\": \"%s\" } must be \"worker\" or \"node\".", said);
      };
    }

    private boolean exportsDefault() throws IOException, InterruptedException {
      Path meta = work.resolve("probe.json");
      List<String> arguments =
          EsbuildArguments.probe(program.entry(), work.resolve("probe.js"), meta);
      // What is wrong with it is said when it is built.
      return esbuild.run(program.folder(), arguments)
          && Metafile.read(meta, program.folder()).entry().exports().contains("default");
    }

    private void server(Kind kind, List<String> aliases)
        throws BuildException, IOException, InterruptedException {
      List<String> arguments =
          new ArrayList<>(
              EsbuildArguments.server(program.entry(), kind, client, settings.mode().word()));
      arguments.addAll(aliases);
      if (settings.shape() == Shape.MINIFIED) {
        arguments.add("--minify");
      }
      Set<String> required = build(arguments).entry().required();
      if (!required.isEmpty()) {
        arguments.add("--banner:js=" + Requiring.of(required));
        build(arguments);
      }
      finish();
    }

    /**
     * esbuild would let the link to the source map start from the public path, and it says in
     * comments where modules come from, with the random name of this folder.
     */
    private void finish() throws IOException {
      Path bundle = out.resolve(AppProgram.BUNDLE);
      Path here = program.folder().relativize(out).resolve(AppProgram.CLIENT_MANIFEST);
      String text =
          Files.readString(bundle).replace("// " + here + "\n", "// runnel:client\n")
              + "//# sourceMappingURL=%s\n".formatted(AppProgram.SOURCE_MAP);
      Files.writeString(bundle, text);
      // Styles are the client's; a style sheet that only the server imports has no reader.
      Files.deleteIfExists(out.resolve("main.css"));
      Files.deleteIfExists(out.resolve("main.css.map"));
    }

    private Metafile build(List<String> arguments)
        throws BuildException, IOException, InterruptedException {
      Path meta = work.resolve("meta.json");
      List<String> all = new ArrayList<>(arguments);
      all.add("--metafile=" + meta);
      if (!esbuild.run(program.folder(), all)) {
        throw new BuildException("%s could not be built.", program.folder());
      }
      Metafile built = Metafile.read(meta, program.folder());
      inputs.addAll(built.inputs());
      return built;
    }
  }
}
