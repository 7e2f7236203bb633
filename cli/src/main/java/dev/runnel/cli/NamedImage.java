package dev.runnel.cli;

import dev.runnel.image.oci.ImageName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The image that a command is about: its first argument. */
final class NamedImage {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      converter = ImageNames.class,
      description = "The image.")
  private @Nullable ImageName name;

  ImageName name() {
    return Objects.requireNonNull(name);
  }
}
