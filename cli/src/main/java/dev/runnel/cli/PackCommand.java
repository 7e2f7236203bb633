package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.bundle.SourceProgram;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.AppImage;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.pack.WasmImage;
import dev.runnel.image.pack.WasmImage.Form;
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
        "app: the program alone, for `runnel run`; wasm: a WebAssembly file, which APP is."
      })
  private Target target = Target.app;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "IMAGE.tar",
      description = "Write the image to this file too.")
  private @Nullable Path output;

  @Option(
      names = "--artifact",
      description = "Pack a WebAssembly file as a CNCF Wasm artifact instead of an image.")
  private boolean artifact;

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
    app,
    wasm
  }

  @Override
  public Integer call() throws InterruptedException {
    return ImageWork.told(spec, this::pack);
  }

  private void pack() throws IOException, ImageException, BuildException, InterruptedException {
    boolean isWasm = app.toString().endsWith(".wasm");
    switch (target) {
      case wasm -> packWasm(isWasm);
      case app -> {
        if (isWasm || artifact) {
          throw new ImageException(
              "%s: a WebAssembly file, and --artifact, go with --target wasm.", app);
        }
        packProgram();
      }
    }
  }

  private void packWasm(boolean isWasm) throws IOException, ImageException, InterruptedException {
    if (!isWasm) {
      throw new ImageException(
          "%s is no .wasm file, of which a wasm image is made; `runnel compile` may make one.",
          app);
    }
    Form form = artifact ? Form.ARTIFACT : Form.IMAGE;
    keep((named, staging) -> WasmImage.add(app, form, named, staging));
  }

  private void packProgram()
      throws IOException, ImageException, BuildException, InterruptedException {
    if (noBuild) {
      AppProgram program = BuiltProgram.at(app);
      keep((named, staging) -> AppImage.add(program, named, staging));
      return;
    }
    SourceProgram source = SourceProgram.at(app);
    Path folder = Files.createTempDirectory(source.folder(), ".runnel-pack-");
    try {
      AppProgram program = flags.bundler(source, spec.commandLine().getErr()).into(folder);
      keep((named, staging) -> AppImage.add(program, named, staging));
    } finally {
      Atomically.deleteFolder(folder);
    }
  }

  /** Makes an image. */
  private interface Making {
    Descriptor into(ImageName name, Staging staging) throws IOException, ImageException;
  }

  private void keep(Making making) throws IOException, ImageException, InterruptedException {
    ImageStore images = store.open();
    ImageName named = Objects.requireNonNull(name);
    Descriptor packed;
    try (Staging staging = images.stage()) {
      packed = making.into(named, staging);
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
