package dev.runnel.runtime.worker;

import dev.runnel.engine.Locality;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program's own environment says of its {@link Locality}, as POSIX has it. The machine's own
 * settings are nobody's choice.
 */
public final class ProgramLocality {
  private static final String ZONE = "TZ";

  /** The first of them that has a value counts. */
  private static final List<String> LOCALES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

  /** {@code de_DE.UTF-8@euro}. */
  private static final Pattern POSIX_LOCALE =
      Pattern.compile("([a-zA-Z]{2,3})(?:[_-]([a-zA-Z]{2}|[0-9]{3}))?(?:[.@].*)?");

  private ProgramLocality() {}

  /** Those of the variables that count here. */
  public static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.keySet().removeIf(name -> !name.equals(ZONE) && !LOCALES.contains(name));
    return variables;
  }

  public static Locality of(Map<String, String> environment) {
    return new Locality(locale(environment), zone(environment));
  }

  private static String locale(Map<String, String> environment) {
    Optional<String> given =
        LOCALES.stream()
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst();
    return given.map(ProgramLocality::tag).orElse(Locality.DEFAULT.locale());
  }

  /** {@code C} and {@code POSIX} are no language. */
  private static String tag(String posix) {
    Matcher parts = POSIX_LOCALE.matcher(posix);
    if (!parts.matches()) {
      return Locality.DEFAULT.locale();
    }
    String region = parts.group(2);
    return region == null ? parts.group(1) : parts.group(1) + "-" + region;
  }

  private static ZoneId zone(Map<String, String> environment) {
    String name = zoneName(environment);
    return isZone(name) ? ZoneId.of(name) : Locality.DEFAULT.zone();
  }

  private static String zoneName(Map<String, String> environment) {
    return environment.getOrDefault(ZONE, "").replaceFirst("^:", "");
  }

  private static boolean isZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name);
  }

  /** Refuses a time zone that doesn't exist: the program would show wrong times without a word. */
  static void check(Map<String, String> environment) {
    String name = zoneName(environment);
    if (!name.isEmpty() && !isZone(name)) {
      throw new IllegalArgumentException(
          "TZ=%s names no time zone of the IANA database; one is Europe/Berlin.".formatted(name));
    }
  }
}
