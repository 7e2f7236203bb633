package dev.runnel.cli;

import dev.runnel.image.oci.ImageName;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel save}: an image becomes a file. */
@Command(
    name = "save",
    description = "Writes an image to a tar file, which podman and skopeo read too.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class SaveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "IMAGE.tar",
      description = "The file.")
  private Path file = Path.of("");

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(paramLabel = "NAME", converter = ImageNames.class, description = "The image.")
  private @Nullable ImageName name;

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(
        spec,
        () -> {
          ImageStore images = store.open();
          new ImageArchive(images).save(images.image(Objects.requireNonNull(name)), file);
        });
  }
}
