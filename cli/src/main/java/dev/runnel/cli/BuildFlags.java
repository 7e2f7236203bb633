package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.bundle.Bundler;
import dev.runnel.image.bundle.Bundler.Install;
import dev.runnel.image.bundle.Bundler.Mode;
import dev.runnel.image.bundle.Bundler.Shape;
import dev.runnel.image.bundle.SourceProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a program is built: options of every command that builds one. */
final class BuildFlags {
  @Option(
      names = "--dev",
      description = "Build for development: NODE_ENV is development instead of production.")
  private boolean dev;

  @Option(names = "--minify", description = "Make the program's own file small too.")
  private boolean minify;

  @Option(names = "--no-install", description = "Don't let npm install packages that are missing.")
  private boolean noInstall;

  Bundler bundler(SourceProgram program, PrintWriter err)
      throws BuildException, IOException, InterruptedException {
    var settings =
        new Bundler.Settings(
            dev ? Mode.DEVELOPMENT : Mode.PRODUCTION,
            minify ? Shape.MINIFIED : Shape.READABLE,
            noInstall ? Install.REFUSED : Install.ALLOWED,
            cache());
    return Bundler.of(program, settings, err);
  }

  static Path cache() {
    return UserFolders.cache(System.getenv())
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("runnel");
  }
}
