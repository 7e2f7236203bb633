package dev.runnel.cli;

import dev.runnel.image.oci.ImageName;
import dev.runnel.image.store.ImageArchive;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel load}: images come out of a file. */
@Command(
    name = "load",
    description = "Takes the images of a tar file that runnel, podman or skopeo has written.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME[:TAG]",
      converter = ImageNames.class,
      description = "What to call an image whose file doesn't say.")
  private @Nullable ImageName name;

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(paramLabel = "IMAGE.tar", description = "The file.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return ImageWork.told(
        spec,
        () -> {
          var loaded = new ImageArchive(store.open()).load(file, Optional.ofNullable(name));
          loaded.forEach(out::println);
          out.flush();
        });
  }
}
