package dev.runnel.image.bundle;

import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The esbuild program: the one that the app has installed, else the one that comes with Runnel,
 * which is unpacked into a folder of the user's at its first use.
 */
final class Esbuild {
  /** What the build puts beside Runnel's own jars. */
  private static final String VERSION = "0.25.10";

  private static final String RESOURCE =
      "/META-INF/resources/_static/%s/" + VERSION + "/bin/esbuild";

  private final Path program;
  private final Tool tool;

  private Esbuild(Path program, Tool tool) {
    this.program = program;
    this.tool = tool;
  }

  /**
   * @param cache where programs that come with Runnel are unpacked
   */
  static Esbuild around(Path folder, Path cache, Tool tool) throws BuildException, IOException {
    for (Path at = folder; at != null; at = at.getParent()) {
      Path own =
          at.resolve("node_modules").resolve("@esbuild").resolve(platform()).resolve("bin/esbuild");
      if (Files.isExecutable(own)) {
        return new Esbuild(own, tool);
      }
    }
    return new Esbuild(unpacked(cache), tool);
  }

  /** As npm's packages are called. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    return (os.startsWith("mac") ? "darwin" : "linux") + (isArm ? "-arm64" : "-x64");
  }

  private static Path unpacked(Path cache) throws BuildException, IOException {
    Path program = cache.resolve("esbuild-%s-%s".formatted(VERSION, platform()));
    if (Files.isExecutable(program)) {
      return program;
    }
    try (InputStream in = Esbuild.class.getResourceAsStream(RESOURCE.formatted(platform()))) {
      if (in == null) {
        throw new BuildException(
            "This Runnel comes without esbuild for %s: install it beside the program with npm"
                + " install --save-dev esbuild.",
            platform());
      }
      Files.createDirectories(cache);
      Path making = Files.createTempFile(cache, ".esbuild-", "");
      try {
        Files.write(making, in.readAllBytes());
        Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rwxr-xr-x"));
        Atomically.move(making, program);
      } finally {
        Files.deleteIfExists(making);
      }
      return program;
    }
  }

  /** Differs where it may make something else of the same source. */
  String identity() throws IOException {
    return program + " " + Files.size(program);
  }

  /** False when it has found errors, which it has said. */
  boolean run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    boolean colours = System.console() != null && System.console().isTerminal();
    return tool.run(command(arguments, colours), folder) == 0;
  }

  /** The same, from one file to another. */
  boolean transform(List<String> arguments, Path input, Path output)
      throws IOException, InterruptedException {
    return tool.filter(command(arguments, false), input, output) == 0;
  }

  private List<String> command(List<String> arguments, boolean colours) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    command.add("--color=" + colours);
    return command;
  }
}
