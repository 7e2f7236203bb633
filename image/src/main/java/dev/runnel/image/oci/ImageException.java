package dev.runnel.image.oci;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an image, the store that keeps it or the registry it comes from. The message
 * is one sentence for whoever typed the command.
 */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  public ImageException(String sentence, @Nullable Object... values) {
    super(sentence.formatted(values));
  }

  public ImageException(Throwable cause, String sentence, @Nullable Object... values) {
    super(sentence.formatted(values), cause);
  }
}
