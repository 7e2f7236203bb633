package dev.runnel.server;

import java.io.IOException;

/** A response that has begun will not be ended: its connection has to show that. */
final class AbortedException extends IOException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  AbortedException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
