package dev.runnel.runtime.host.intl;

import com.ibm.icu.util.ICUException;
import dev.runnel.engine.HostError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was built from settings, the most recently used only: a program may make any number of
 * {@code Intl} objects, and they cost Java nothing. One formatter takes 10 KB to 300 KB.
 */
final class FormatterCache {
  static final int MAX_FORMATTERS = 64;
  static final int MAX_SETTINGS_LENGTH = 4096;

  private final Map<String, Object> formatters = new LinkedHashMap<>(16, 0.75f, true);

  /** The formatter of that class and those settings. */
  <T> T get(Class<T> type, String settings, Function<Settings, T> build) {
    String key = type.getSimpleName() + settings;
    Object found = formatters.get(key);
    if (found == null) {
      found = built(settings, build);
      formatters.put(key, found);
      dropEldest();
    }
    return type.cast(found);
  }

  /** For tests. */
  int size() {
    return formatters.size();
  }

  private void dropEldest() {
    if (formatters.size() > MAX_FORMATTERS) {
      formatters.remove(formatters.keySet().iterator().next());
    }
  }

  /**
   * JavaScript checks what the standard says of settings; what else ICU refuses is an error of
   * ICU's.
   */
  private static <T> T built(String settings, Function<Settings, T> build) {
    if (settings.length() > MAX_SETTINGS_LENGTH) {
      throw HostError.range(
          "", "Settings of an Intl object have at most %d characters.", MAX_SETTINGS_LENGTH);
    }
    try {
      return WholeStack.call(() -> build.apply(Settings.parse(settings)));
    } catch (IllegalArgumentException | UnsupportedOperationException | ICUException e) {
      throw HostError.range("", "ICU refuses these settings: %s", e.getMessage());
    }
  }
}
