package dev.runnel.cli;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.AppImage;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import java.io.IOException;
import java.io.PrintWriter;
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

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      paramLabel = "APP",
      description = "A folder whose package.json names the program, or its file.")
  private Path app = Path.of("");

  /** Kinds of image, as they are written on the command line. */
  private enum Target {
    app
  }

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(spec, this::pack);
  }

  private void pack() throws IOException, ImageException {
    ImageStore images = store.open();
    ImageName named = Objects.requireNonNull(name);
    AppProgram program = BuiltProgram.at(app);
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
    PrintWriter out = spec.commandLine().getOut();
    out.println(packed.digest());
    out.flush();
  }
}
