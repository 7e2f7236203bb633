package dev.runnel.image.registry;

/** Is told how far a transfer is. Called by the thread that transfers. */
public interface Progress {
  Progress NONE = (_, _) -> {};

  /**
   * @param done bytes so far
   * @param all bytes in all
   */
  void at(long done, long all);
}
