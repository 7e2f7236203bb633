package dev.runnel.cli;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.registry.Pull;
import dev.runnel.image.registry.Registry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel pull}: an image comes from a registry. */
@Command(
    name = "pull",
    description = "Gets an image from a registry.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class PullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      defaultValue = "4g",
      description = "How large an image may be, packed (default: ${DEFAULT-VALUE}).")
  private long largest;

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      paramLabel = "NAME",
      converter = ImageNames.class,
      description = "The image, with its registry.")
  private @Nullable ImageName name;

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(
        spec,
        () -> {
          ImageName wanted = Objects.requireNonNull(name);
          Descriptor pulled;
          try (Registry registry = registries.open(wanted);
              var line = ProgressLine.of("Getting", spec.commandLine().getErr())) {
            pulled = new Pull(store.open(), registry, largest, line).get(wanted, platforms());
          }
          spec.commandLine().getOut().println(pulled.digest());
          spec.commandLine().getOut().flush();
        });
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
