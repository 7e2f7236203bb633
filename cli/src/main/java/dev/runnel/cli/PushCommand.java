package dev.runnel.cli;

import dev.runnel.image.oci.ImageName;
import dev.runnel.image.registry.Push;
import dev.runnel.image.registry.Registry;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel push}: an image goes to a registry. */
@Command(
    name = "push",
    description = "Sends an image of this machine to a registry.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class PushCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      converter = ImageNames.class,
      description = "The image.")
  private @Nullable ImageName name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AS",
      converter = ImageNames.class,
      description = "What to call it there, with the registry (default: NAME).")
  private @Nullable ImageName as;

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(
        spec,
        () -> {
          ImageStore images = store.open();
          StoredImage image = images.image(Objects.requireNonNull(name));
          ImageName target = as == null ? image.name() : as;
          try (Registry registry = registries.open(target);
              var line = ProgressLine.of("Sending", spec.commandLine().getErr())) {
            new Push(images, registry, line).send(image, target);
          }
          spec.commandLine().getOut().println(image.descriptor().digest());
          spec.commandLine().getOut().flush();
        });
  }
}
