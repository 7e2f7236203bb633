package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.registry.Push;
import dev.runnel.image.registry.Registry;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code runnel push}: an image goes to a registry. */
@Command(name = "push", description = "Sends an image of this machine to a registry.")
final class PushCommand extends ImageCommand {
  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Mixin private StoreFlag store = new StoreFlag();

  @Mixin private NamedImage named = new NamedImage();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AS",
      converter = ImageNames.class,
      description = "What to call it there, with the registry (default: NAME).")
  private @Nullable ImageName as;

  @Override
  void run() throws IOException, ImageException, InterruptedException {
    ImageStore images = store.open();
    StoredImage image = images.image(named.name());
    ImageName target = as == null ? image.name() : as;
    try (Registry registry = registries.open(target);
        var line = ProgressLine.of("Sending", err())) {
      new Push(images, registry, line).send(image, target);
    }
    print(image.descriptor().digest());
  }
}
