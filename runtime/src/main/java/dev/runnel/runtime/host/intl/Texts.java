package dev.runnel.runtime.host.intl;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;

/** Text that is worked on in one call, which nothing can interrupt. */
final class Texts {
  /** So much takes collation or segmentation some 200 ms. */
  static final int MAX_LENGTH = 4 << 20;

  private Texts() {}

  static String text(Arguments args, int index, String name) {
    String text = args.string(index, name);
    if (text.length() > MAX_LENGTH) {
      throw HostError.range("", "Intl takes texts of at most %d characters.", MAX_LENGTH);
    }
    return text;
  }
}
