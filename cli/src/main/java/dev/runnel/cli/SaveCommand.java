package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runnel save}: an image becomes a file. */
@Command(
    name = "save",
    description = "Writes an image to a tar file, which podman and skopeo read too.")
final class SaveCommand extends ImageCommand {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "IMAGE.tar",
      description = "The file.")
  private Path file = Path.of("");

  @Mixin private StoreFlag store = new StoreFlag();

  @Mixin private NamedImage named = new NamedImage();

  @Override
  void run() throws IOException, ImageException {
    ImageStore images = store.open();
    new ImageArchive(images).save(images.image(named.name()), file);
  }
}
