package dev.runnel.cli;

import dev.runnel.image.oci.ImageName;
import dev.runnel.image.store.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel rm}: removes images. */
@Command(
    name = "rm",
    description = "Removes images from this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class RmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      converter = ImageNames.class,
      description = "The images.")
  private List<ImageName> names = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(
        spec,
        () -> {
          ImageStore images = store.open();
          for (ImageName name : names) {
            images.remove(name);
          }
        });
  }
}
