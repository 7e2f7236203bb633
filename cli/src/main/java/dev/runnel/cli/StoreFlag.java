package dev.runnel.cli;

import dev.runnel.image.store.ImageStore;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which folder has the images: an option of all commands that use them. */
final class StoreFlag {
  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "The folder of this machine's images (default: $RUNNEL_IMAGES, or runnel/images in"
              + " $XDG_DATA_HOME or ~/.local/share).")
  private @Nullable Path folder;

  ImageStore open() {
    return ImageStore.at(folder == null ? folderIn(System.getenv()) : folder);
  }

  static Path folderIn(Map<String, String> environment) {
    String named = environment.getOrDefault("RUNNEL_IMAGES", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    return UserFolders.data(environment).orElse(Path.of(".")).resolve("runnel").resolve("images");
  }
}
