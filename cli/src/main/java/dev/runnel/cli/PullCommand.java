package dev.runnel.cli;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.registry.Pull;
import dev.runnel.image.registry.Registry;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runnel pull}: an image comes from a registry. */
@Command(name = "pull", description = "Gets an image from a registry.")
final class PullCommand extends ImageCommand {
  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      defaultValue = "4g",
      description = "How large an image may be, packed (default: ${DEFAULT-VALUE}).")
  private long largest;

  @Mixin private StoreFlag store = new StoreFlag();

  @Mixin private NamedImage named = new NamedImage();

  @Override
  void run() throws IOException, ImageException, InterruptedException {
    ImageName wanted = named.name();
    Descriptor pulled;
    try (Registry registry = registries.open(wanted);
        var line = ProgressLine.of("Getting", err())) {
      pulled = new Pull(store.open(), registry, largest, line).get(wanted, platforms());
    }
    print(pulled.digest());
  }

  /** What Runnel makes first, then what this machine runs. */
  private static List<Platform> platforms() {
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    return List.of(
        new Platform("js", "wasm"),
        new Platform("wasi", "wasm"),
        new Platform("linux", isArm ? "arm64" : "amd64"));
  }
}
