package dev.runnel.portable;

/** Why a program can't become a portable file, in a sentence for its author. */
public final class PackException extends Exception {
  private static final long serialVersionUID = 1L;

  PackException(String message) {
    super(message);
  }
}
