package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.bundle.OutputFolder;
import dev.runnel.image.bundle.SourceProgram;
import dev.runnel.image.pack.AppProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runnel build}: sources become one file. */
@Command(
    name = "build",
    description = {
      "Bundles a program's sources (.tsx, .jsx, .ts, .mjs, .js) and packages into one file, with a",
      "source map, and what browsers get of it when its package.json names a client."
    })
final class BuildCommand extends ImageCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "dist",
      description = "The folder to build into, starting from APP (default: ${DEFAULT-VALUE}).")
  private Path output = Path.of("dist");

  @Mixin private BuildFlags flags = new BuildFlags();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      defaultValue = ".",
      description =
          "A folder whose package.json names the first module as \"source\" (default: this one),"
              + " or that module.")
  private Path app = Path.of(".");

  @Override
  void run() throws IOException, BuildException, InterruptedException {
    SourceProgram program = SourceProgram.at(app);
    var folder = new OutputFolder(program, output);
    AppProgram built = folder.build(flags.bundler(program, err()));
    list(program.folder(), built);
  }

  private void list(Path from, AppProgram built) throws IOException {
    PrintWriter out = out();
    line(out, from, built.bundle());
    if (built.assets().isPresent()) {
      try (Stream<Path> files = Files.walk(built.assets().get())) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          line(out, from, file);
        }
      }
    }
    out.flush();
  }

  private static void line(PrintWriter out, Path from, Path file) throws IOException {
    out.printf("%s  %s%n", from.relativize(file), ImagesCommand.size(Files.size(file)));
  }
}
