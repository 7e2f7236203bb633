package dev.runnel.runtime.host.intl;

import com.ibm.icu.util.ICUException;
import dev.runnel.engine.HostError;
import java.util.MissingResourceException;
import java.util.function.Supplier;

/**
 * What ICU refuses although JavaScript has checked all that the standard says: an error of the
 * program's, as on V8.
 */
final class Refusals {
  private Refusals() {}

  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException
        | UnsupportedOperationException
        | ArithmeticException
        | ICUException e) {
      throw HostError.range("", "ICU refuses this: %s", e.getMessage());
    } catch (MissingResourceException e) {
      // Images may have the data of some languages only.
      throw HostError.range("", "Intl has no data for this language here: %s", e.getMessage());
    }
  }
}
