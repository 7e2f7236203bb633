package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What all commands have in common that make images, keep them, or list what runs of them: their
 * failures become one sentence and exit code 1.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ImageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  abstract void run() throws IOException, ImageException, BuildException, InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    return ImageWork.told(spec, this::run);
  }

  /** A line of the command's output. */
  final void print(Object line) {
    out().println(line);
    out().flush();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
