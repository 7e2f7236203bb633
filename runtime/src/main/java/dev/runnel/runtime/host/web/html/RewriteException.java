package dev.runnel.runtime.host.web.html;

/** A document or a selector that can't be worked on. */
public final class RewriteException extends Exception {
  public RewriteException(String sentence) {
    super(sentence);
  }
}
