package dev.runnel.image.bundle;

/**
 * Why a program can't be built, in one sentence. When a tool has failed, it has said more before.
 */
public final class BuildException extends Exception {
  private static final long serialVersionUID = 1;

  BuildException(String sentence, Object... values) {
    super(sentence.formatted(values));
  }
}
