package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.bundle.SourceProgram;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.AppImage;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.registry.Push;
import dev.runnel.image.registry.Registry;
import dev.runnel.image.store.Atomically;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** {@code runnel pack}: a program becomes an image. */
@Command(
    name = "pack",
    description = "Packs a program into an OCI image, without a daemon.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel pack APP -t NAME[:TAG] [OPTIONS]",
    sortOptions = false)
final class PackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-t", "--tag"},
      required = true,
      paramLabel = "NAME[:TAG]",
      converter = ImageNames.class,
      description = "What to call the image.")
  private @Nullable ImageName name;

  @Option(
      names = "--target",
      paramLabel = "KIND",
      defaultValue = "app",
      description = {
        "What the image has (default: ${DEFAULT-VALUE}).",
        "app: the program alone, for `runnel run`."
      })
  private Target target = Target.app;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "IMAGE.tar",
      description = "Write the image to this file too.")
  private @Nullable Path output;

  @Option(names = "--push", description = "Send the image to the registry that its name says.")
  private boolean push;

  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Option(
      names = "--no-build",
      description = "Pack what `runnel build` or another tool has built: the file in \"main\".")
  private boolean noBuild;

  @Mixin private BuildFlags flags = new BuildFlags();

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      paramLabel = "APP",
      description =
          "A folder whose package.json names the first module as \"source\", or that module.")
  private Path app = Path.of("");

  /** Kinds of image, as they are written on the command line. */
  private enum Target {
    app
  }

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(spec, this::pack);
  }

  private void pack() throws IOException, ImageException, BuildException, InterruptedException {
    if (noBuild) {
      pack(BuiltProgram.at(app));
      return;
    }
    SourceProgram source = SourceProgram.at(app);
    Path built = Files.createTempDirectory(source.folder(), ".runnel-pack-");
    try {
      pack(flags.bundler(source, spec.commandLine().getErr()).into(built));
    } finally {
      Atomically.deleteFolder(built);
    }
  }

  private void pack(AppProgram program) throws IOException, ImageException, InterruptedException {
    ImageStore images = store.open();
    ImageName named = Objects.requireNonNull(name);
    Descriptor packed;
    try (Staging staging = images.stage()) {
      packed =
          switch (target) {
            case app -> AppImage.add(program, named, staging);
          };
      staging.commit();
    }
    if (output != null) {
      new ImageArchive(images).save(images.image(named), output);
    }
    if (push) {
      try (Registry registry = registries.open(named);
          var line = ProgressLine.of("Sending", spec.commandLine().getErr())) {
        new Push(images, registry, line).send(images.image(named), named);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(packed.digest());
    out.flush();
  }
}
