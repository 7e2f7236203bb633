package dev.runnel.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel serve}: many apps in one process, until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Serves the apps that a TOML file describes, each in isolates of its own, by host and path.",
      "SIGHUP reads the file and the programs again; docs/serve.md has all keys."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel serve [OPTIONS] [FILE]",
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ServerFlags flags = new ServerFlags();

  @Option(
      names = "--check",
      description = "Only tell whether the file is right and its programs exist.")
  private boolean check;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "runnel.toml",
      description = "The apps (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("runnel.toml");

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ServeFile apps;
    try {
      apps = ServeFile.read(file);
    } catch (ServeFileException e) {
      err.println("runnel: " + e.sentence());
      err.flush();
      return Main.USAGE;
    }
    return check ? checked(apps, err) : new ServeRun(file, apps, flags, err).run();
  }

  private static int checked(ServeFile apps, PrintWriter err) {
    int exitCode = 0;
    for (AppSettings app : apps.apps()) {
      if (!Files.exists(app.program())) {
        err.println(
            "runnel: There is no %s, the program of the app %s."
                .formatted(app.program(), app.name()));
        exitCode = Main.USAGE;
      }
    }
    err.flush();
    return exitCode;
  }
}
