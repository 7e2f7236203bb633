package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.store.ImageStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code runnel rm}: removes images. */
@Command(name = "rm", description = "Removes images from this machine.")
final class RmCommand extends ImageCommand {
  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      converter = ImageNames.class,
      description = "The images.")
  private List<ImageName> names = new ArrayList<>();

  @Override
  void run() throws IOException, ImageException {
    ImageStore images = store.open();
    for (ImageName name : names) {
      images.remove(name);
    }
  }
}
