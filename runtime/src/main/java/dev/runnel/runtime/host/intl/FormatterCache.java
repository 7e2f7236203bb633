package dev.runnel.runtime.host.intl;

import dev.runnel.engine.HostError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was built from settings, the most recently used only: a program may make any number of
 * {@code Intl} objects, and they cost Java nothing. One formatter takes 10 KB to 300 KB.
 */
final class FormatterCache {
  static final int MAX_FORMATTERS = 64;
  static final int MAX_SETTINGS_LENGTH = 4096;

  private static final int MAX_KNOWN = 1000;
  private static final int MAX_KNOWN_LENGTH = 100;

  /** By any isolate: what was built before, as class and locale. */
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  private final Map<String, Object> formatters = new LinkedHashMap<>(16, 0.75f, true);

  /** The formatter of that class and those settings. */
  <T> T get(Class<T> type, String settings, Function<Settings, T> build) {
    String key = type.getSimpleName() + settings;
    Object found = formatters.get(key);
    if (found == null) {
      found = built(type, settings, build);
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

  private static <T> T built(Class<T> type, String json, Function<Settings, T> build) {
    if (json.length() > MAX_SETTINGS_LENGTH) {
      throw HostError.range(
          "", "Settings of an Intl object have at most %d characters.", MAX_SETTINGS_LENGTH);
    }
    Settings settings = Settings.parse(json);
    return loadsClasses(type, settings)
        ? WholeStack.call(() -> build.apply(settings))
        : build.apply(settings);
  }

  /**
   * What is built for the first time in a process, with its calendar and digits. Not on and on: the
   * processor time of other threads isn't the isolate's.
   */
  private static boolean loadsClasses(Class<?> type, Settings settings) {
    String locale = settings.optional("locale").orElse("");
    return locale.length() <= MAX_KNOWN_LENGTH
        && KNOWN.size() < MAX_KNOWN
        && KNOWN.add(type.getSimpleName() + locale);
  }
}
