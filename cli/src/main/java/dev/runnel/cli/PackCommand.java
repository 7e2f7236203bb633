package dev.runnel.cli;

import dev.runnel.image.bundle.BuildException;
import dev.runnel.image.bundle.SourceProgram;
import dev.runnel.image.jvm.IntlData;
import dev.runnel.image.jvm.JvmRuntime;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.AppImage;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.image.pack.JvmImage;
import dev.runnel.image.pack.WasmImage;
import dev.runnel.image.pack.WasmImage.Form;
import dev.runnel.image.pack.WasmProgram;
import dev.runnel.image.registry.Push;
import dev.runnel.image.registry.Registry;
import dev.runnel.image.store.Atomically;
import dev.runnel.image.store.ImageArchive;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import dev.runnel.portable.PackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runnel pack}: a program becomes an image. */
@Command(
    name = "pack",
    description = "Packs a program into an OCI image, without a daemon.",
    customSynopsis = "runnel pack APP -t NAME[:TAG] [OPTIONS]")
final class PackCommand extends ImageCommand {
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
        "app: the program alone, for `runnel run`; wasm: one WebAssembly file, which `runnel",
        "compile` would make of the program, or which APP is; jvm: the program with Runnel and a",
        "JVM, for podman, docker and Kubernetes."
      })
  private Target target = Target.app;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "IMAGE.tar",
      description = "Write the image to this file too.")
  private @Nullable Path output;

  @Option(
      names = "--artifact",
      description = "With --target wasm: a CNCF Wasm artifact instead of an image.")
  private boolean artifact;

  @Option(
      names = "--locales",
      paramLabel = "en,de,…",
      split = ",",
      description = {
        "With --target jvm: the languages that Intl knows besides English, which makes the image",
        "smaller (default: all)."
      })
  private @Nullable List<String> locales;

  @Option(names = "--push", description = "Send the image to the registry that its name says.")
  private boolean push;

  @Mixin private RegistryFlags registries = new RegistryFlags();

  @Option(
      names = "--no-build",
      description = "Pack what `runnel build` or another tool has built: the file in \"main\".")
  private boolean noBuild;

  @Mixin private BuildFlags flags = new BuildFlags();

  @Mixin private PortableFlags portable = new PortableFlags();

  @Mixin private StoreFlag store = new StoreFlag();

  @Parameters(
      paramLabel = "APP",
      description =
          "A folder whose package.json names the first module as \"source\", or that module.")
  private Path app = Path.of("");

  /** Kinds of image, as they are written on the command line. */
  private enum Target {
    app,
    wasm,
    jvm
  }

  @Override
  void run() throws IOException, ImageException, BuildException, InterruptedException {
    boolean isWasm = app.toString().endsWith(".wasm");
    if ((isWasm || artifact) && target != Target.wasm) {
      throw new ImageException(
          "%s: a WebAssembly file, and --artifact, go with --target wasm.", app);
    }
    if (locales != null && target != Target.jvm) {
      throw new ImageException("--locales goes with --target jvm.");
    }
    if (isWasm) {
      keep(image(WasmProgram.at(app)));
    } else if (noBuild) {
      keep(image(BuiltProgram.at(app)));
    } else {
      buildAndKeep();
    }
  }

  private void buildAndKeep()
      throws IOException, ImageException, BuildException, InterruptedException {
    SourceProgram source = SourceProgram.at(app);
    Path folder = Files.createTempDirectory(source.folder(), ".runnel-pack-");
    try {
      AppProgram program = flags.bundler(source, err()).into(folder);
      // So the program is a package by itself, whatever this folder is called.
      Files.write(folder.resolve(AppProgram.MANIFEST), program.manifest());
      keep(image(program));
    } finally {
      Atomically.deleteFolder(folder);
    }
  }

  private Making image(AppProgram program)
      throws IOException, ImageException, InterruptedException {
    return switch (target) {
      case app -> (named, staging) -> AppImage.add(program, named, staging);
      case wasm -> image(compiled(program));
      case jvm -> {
        JvmRuntime runtime =
            Containers.runtime(locales == null ? IntlData.ALL : IntlData.of(locales));
        yield (named, staging) -> JvmImage.add(program, runtime, named, staging);
      }
    };
  }

  private WasmProgram compiled(AppProgram program)
      throws IOException, ImageException, InterruptedException {
    try {
      byte[] module = portable.compile(program.bundle(), err());
      return new WasmProgram(program.identity(), module, program.components());
    } catch (PackException e) {
      throw new ImageException(e, "%s", e.getMessage());
    }
  }

  private Making image(WasmProgram program) {
    Form form = artifact ? Form.ARTIFACT : Form.IMAGE;
    return (named, staging) -> WasmImage.add(program, form, named, staging);
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
          var line = ProgressLine.of("Sending", err())) {
        new Push(images, registry, line).send(images.image(named), named);
      }
    }
    print(packed.digest());
  }
}
