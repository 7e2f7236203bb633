package dev.runnel.runtime.kv;

/** An operation that is answered with an error, in Cloudflare's words. */
final class KvRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  KvRefusal(int status, String sentence, Object... values) {
    super(sentence.formatted(values), null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
