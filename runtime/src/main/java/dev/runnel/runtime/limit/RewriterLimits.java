package dev.runnel.runtime.limit;

/**
 * What an isolate's HTMLRewriters may keep of the documents that stream through them.
 *
 * @param token the most bytes of a tag, comment or doctype, which is kept until it is complete
 * @param memory what all of them hold together, in bytes: tokens, open elements and what is to be
 *     written at their ends
 */
public record RewriterLimits(int token, long memory) {
  public static final RewriterLimits DEFAULT = new RewriterLimits(4 << 20, 64L << 20);

  public RewriterLimits {
    if (token < 1 || memory < 1) {
      throw new IllegalArgumentException(
          "Limits of HTMLRewriter must be positive: %d bytes a token, %d in all."
              .formatted(token, memory));
    }
  }

  public RewriterLimits withToken(int changed) {
    return new RewriterLimits(changed, memory);
  }

  public RewriterLimits withMemory(long changed) {
    return new RewriterLimits(token, changed);
  }
}
