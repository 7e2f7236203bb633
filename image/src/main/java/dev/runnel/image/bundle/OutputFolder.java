package dev.runnel.image.bundle;

import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The folder that has a program as it was built last, usually {@code dist}. It has what an image
 * would have, so it can be run.
 */
public final class OutputFolder {
  private static final List<String> FILES =
      List.of(
          AppProgram.BUNDLE,
          AppProgram.SOURCE_MAP,
          AppProgram.MANIFEST,
          AppProgram.CLIENT_MANIFEST,
          AppProgram.ASSETS);

  private final SourceProgram program;
  private final Path folder;

  /**
   * @param folder a path that starts from the program's folder
   */
  public OutputFolder(SourceProgram program, Path folder) throws BuildException {
    this.program = program;
    this.folder = program.folder().resolve(folder).normalize();
    if (program.entry().startsWith(this.folder)) {
      throw new BuildException(
          "The program can't be built into %s, which has its sources.", this.folder);
    }
  }

  /** Builds aside; what was there before stays when that fails. */
  public AppProgram build(Bundler bundler)
      throws BuildException, IOException, InterruptedException {
    Path parent = Optional.ofNullable(folder.getParent()).orElse(program.folder());
    Files.createDirectories(parent);
    Path making = Files.createTempDirectory(parent, ".runnel-build-");
    try {
      AppProgram built = bundler.into(making);
      Files.write(making.resolve(AppProgram.MANIFEST), built.manifest());
      place(making);
      return new AppProgram(
          built.identity(),
          built.kind(),
          folder.resolve(AppProgram.BUNDLE),
          built.sourceMap().map(_ -> folder.resolve(AppProgram.SOURCE_MAP)),
          built.assets().map(_ -> folder.resolve(AppProgram.ASSETS)),
          built.components());
    } finally {
      Atomically.deleteFolder(making);
    }
  }

  private void place(Path making) throws IOException {
    Files.createDirectories(folder);
    Atomically.deleteFolder(folder.resolve(AppProgram.ASSETS));
    for (String name : FILES) {
      if (Files.exists(making.resolve(name))) {
        Files.move(making.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }
}
