package dev.runnel.engine;

/**
 * Whether an engine that interprets also compiles what is called often. An engine without such a
 * compiler, or with one of its own, ignores this; a program behaves the same with and without.
 *
 * @param isOn whether it compiles at all
 * @param threshold after how many calls a function is compiled, from 1 to 32766
 */
public record JitOptions(boolean isOn, int threshold) {
  public static final JitOptions OFF = new JitOptions(false, 200);
  public static final JitOptions ON = new JitOptions(true, 200);

  public JitOptions {
    if (threshold < 1 || threshold > 32766) {
      throw new IllegalArgumentException(
          "A function is compiled after 1 to 32766 calls, not after %d.".formatted(threshold));
    }
  }

  public JitOptions withThreshold(int calls) {
    return new JitOptions(isOn, calls);
  }
}
