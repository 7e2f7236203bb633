package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an image's name from the command line. */
final class ImageNames implements ITypeConverter<ImageName> {
  @Override
  public ImageName convert(String text) {
    try {
      return ImageName.parse(text);
    } catch (ImageException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
