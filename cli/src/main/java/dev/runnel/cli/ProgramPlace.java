package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.pack.AppFolder;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.StoredImage;
import dev.runnel.runtime.worker.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what is to run: a path that exists, else an image of that name. */
final class ProgramPlace {
  private ProgramPlace() {}

  /** The file or folder of the program; the word itself when there is neither. */
  static Path of(Path word, ImageStore store) throws IOException, ImageException {
    Optional<ImageName> name = Files.exists(word) ? Optional.empty() : name(word);
    Optional<StoredImage> image = name.isPresent() ? store.find(name.get()) : Optional.empty();
    return image.isPresent() ? AppFolder.of(store, image.get(), folder()) : word;
  }

  /** Names both things that it might have been. */
  static void checkThere(Path word) throws WorkerException {
    if (!Files.exists(word)) {
      throw new WorkerException(
          name(word)
              .map(name -> "There is no file %s, and no image %s here.".formatted(word, name))
              .orElseGet(() -> "There is no file %s.".formatted(word)));
    }
  }

  static boolean isImage(Path word, ImageStore store) {
    try {
      Optional<ImageName> name = name(word);
      return name.isPresent() && store.find(name.get()).isPresent();
    } catch (IOException | ImageException e) {
      // It is told when it is run.
      return false;
    }
  }

  private static Optional<ImageName> name(Path word) {
    try {
      return Optional.of(ImageName.parse(word.toString()));
    } catch (ImageException e) {
      return Optional.empty();
    }
  }

  private static Path folder() {
    return UserFolders.cache(System.getenv())
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("runnel")
        .resolve("apps");
  }
}
