package dev.runnel.translator.split;

/** Says which assumption of the splitter a method breaks. The method then stays as it is. */
public final class UnsplittableException extends Exception {

  UnsplittableException(String message) {
    super(message);
  }
}
