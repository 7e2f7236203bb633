package dev.runnel.image.pack;

import dev.runnel.engine.HostError;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.pack.AppProgram.Identity;
import dev.runnel.image.pack.AppProgram.Kind;
import dev.runnel.runtime.module.ModuleFiles;
import dev.runnel.runtime.module.PackageJson;
import dev.runnel.runtime.module.ProgramModules;
import dev.runnel.runtime.module.SourceTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a program that has been built already: what {@code runnel run APP} would run. */
public final class BuiltProgram {
  private BuiltProgram() {}

  /**
   * @param app a JavaScript file, or a folder whose {@code package.json} names one
   */
  public static AppProgram at(Path app) throws ImageException, IOException {
    try {
      Path bundle = bundle(app).toRealPath();
      Path map = bundle.resolveSibling(bundle.getFileName() + ".map");
      Optional<PackageJson> json = PackageJson.around(bundle);
      return new AppProgram(
          identity(json, bundle),
          kind(bundle),
          bundle,
          Optional.of(map).filter(Files::isRegularFile),
          json.flatMap(BuiltProgram::assets),
          List.of());
    } catch (HostError e) {
      throw new ImageException(e, "%s", e.guestMessage());
    }
  }

  /** The files for browsers that a program comes with, if it is there and has some. */
  public static Optional<Path> assetsOf(Path app) {
    try {
      return PackageJson.around(bundle(app).toRealPath()).flatMap(BuiltProgram::assets);
    } catch (HostError | ImageException | IOException e) {
      // Whoever runs it says what is wrong.
      return Optional.empty();
    }
  }

  private static Path bundle(Path app) throws ImageException {
    if (!Files.exists(app)) {
      throw new ImageException("There is no program %s.", app);
    }
    if (!Files.isDirectory(app)) {
      return app;
    }
    Path folder = app.toAbsolutePath().normalize();
    Optional<PackageJson> json = PackageJson.in(folder);
    if (json.isEmpty()) {
      throw new ImageException("The folder %s has no package.json that names its program.", app);
    }
    PackageJson said = json.get();
    String entry = said.runnel("entry").or(() -> said.string("main")).orElse("index.js");
    Path file = folder.resolve(entry);
    if (!Files.isRegularFile(file)) {
      throw new ImageException(
          "%s names the program %s, which doesn't exist: build it first.",
          app.resolve("package.json"), entry);
    }
    return file;
  }

  static Identity identity(Optional<PackageJson> json, Path file) {
    return new Identity(
        json.flatMap(said -> said.string("name")).orElse(file.getFileName().toString()),
        json.flatMap(said -> said.string("version")).orElse("0.0.0"));
  }

  private static Kind kind(Path bundle) {
    return switch (ProgramModules.kindOf(
        bundle, ModuleFiles.around(bundle, List.of(), SourceTransform.NONE))) {
      case NODE -> Kind.NODE;
      case WORKER -> Kind.WORKER;
    };
  }

  private static Optional<Path> assets(PackageJson json) {
    return json.runnel("assets").map(json.folder()::resolve).filter(Files::isDirectory);
  }
}
