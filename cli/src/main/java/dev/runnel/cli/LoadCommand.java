package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.store.ImageArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runnel load}: images come out of a file. */
@Command(
    name = "load",
    description = "Takes the images of a tar file that runnel, podman or skopeo has written.")
final class LoadCommand extends ImageCommand {
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
  void run() throws IOException, ImageException {
    var loaded = new ImageArchive(store.open()).load(file, Optional.ofNullable(name));
    loaded.forEach(this::print);
  }
}
