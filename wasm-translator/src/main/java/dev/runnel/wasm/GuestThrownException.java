package dev.runnel.wasm;

import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TagInstance;
import run.endive.runtime.WasmException;

/**
 * An exception that came out of a function which code in a window had imported. It passes through
 * that code, which may catch it.
 */
public final class GuestThrownException extends WasmException {
  private static final long serialVersionUID = 1L;
  private static final int NO_TAG = -1;

  private final transient Object thrown;
  private final transient @Nullable TagInstance tag;
  private final transient long[] numbers;
  private final transient @Nullable Object[] references;

  /**
   * @param thrown what the host knows it by
   * @param tag what catches it by name, if anything does
   * @param numbers the exception's values, where they are numbers
   * @param references the exception's values, where they are references
   */
  @SuppressWarnings("deprecation") // The builder can't make a subclass.
  public GuestThrownException(
      Instance instance,
      Object thrown,
      @Nullable TagInstance tag,
      long[] numbers,
      @Nullable Object[] references) {
    super(instance, NO_TAG, numbers);
    this.thrown = thrown;
    this.tag = tag;
    this.numbers = numbers.clone();
    this.references = references.clone();
  }

  public Object thrown() {
    return thrown;
  }

  public @Nullable TagInstance tag() {
    return tag;
  }

  @Override
  public long[] args() {
    return numbers.clone();
  }

  @Override
  @SuppressWarnings("NullAway") // A null among the references is one of WebAssembly's own.
  public Object[] refArgs() {
    return references.clone();
  }
}
