package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runnel images}: what is there. */
@Command(name = "images", description = "Lists the images of this machine.")
final class ImagesCommand extends ImageCommand {
  private static final int DIGITS = 12;

  @Mixin private StoreFlag store = new StoreFlag();

  @Override
  void run() throws IOException, ImageException {
    list(store.open().images());
  }

  private void list(List<StoredImage> images) {
    PrintWriter out = out();
    int widest =
        Math.max(
            4, images.stream().mapToInt(one -> one.name().toString().length()).max().orElse(0));
    String row = "%-" + widest + "s  %-" + DIGITS + "s  %-14s  %s%n";
    out.printf(row, "NAME", "DIGEST", "KIND", "SIZE");
    for (StoredImage image : images) {
      out.printf(
          row,
          image.name(),
          image.descriptor().digest().hex().substring(0, DIGITS),
          image.label(),
          size(image.size()));
    }
    out.flush();
  }

  static String size(long bytes) {
    return bytes < 1_000_000 ? "%.1f kB".formatted(bytes / 1e3) : "%.2f MB".formatted(bytes / 1e6);
  }
}
