package dev.runnel.wasm;

import run.endive.runtime.Instance;

/**
 * What code in windows asks of whoever runs it. One for all modules of a guest.
 *
 * <p>Endive has a reference to a function be its index in the instance that has the reference. That
 * can't say which other instance a function is of. So functions of other instances have numbers
 * from {@link #FIRST_FOREIGN} on, given out here.
 */
public interface WindowHost {
  int NULL_FUNCTION = -1;
  int FIRST_FOREIGN = 1 << 30;

  /** Moves a window to where it has {@code pages} pages, or answers false and leaves it. */
  boolean resize(WindowMemory window, int pages);

  /** The number, for any other instance, of a function. */
  int foreignNumber(Instance instance, int function);

  /** The instance of a function with such a number. */
  Instance instanceOf(int number);

  /** The function's index in its instance. */
  int indexOf(int number);
}
