package dev.runnel.runtime.host.intl;

import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of time zones, found in any case, and offsets such as {@code +05:30}. */
final class TimeZones {
  private static final Pattern OFFSET =
      Pattern.compile("([+-])([01][0-9]|2[0-3])(?::?([0-5][0-9]))?");

  /** What ICU knows beside IANA's names, for old programs. */
  private static final Set<String> NOT_IANA =
      Set.of(
          "ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST", "CTT", "EAT", "ECT",
          "IET", "IST", "JST", "MIT", "NET", "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST");

  private static final Map<String, String> BY_LOWER_CASE =
      TimeZone.getAvailableIDs(SystemTimeZoneType.ANY, null, null).stream()
          .filter(id -> !NOT_IANA.contains(id) && !id.startsWith("SystemV/"))
          .filter(id -> !id.equals("Etc/Unknown"))
          .collect(Collectors.toMap(id -> id.toLowerCase(Locale.ROOT), Function.identity()));

  private TimeZones() {}

  /** The name that {@code resolvedOptions()} shows; empty when there is no such zone. */
  static Optional<String> canonical(String id) {
    Matcher offset = OFFSET.matcher(id);
    if (offset.matches()) {
      return Optional.of(offset(offset));
    }
    return Optional.ofNullable(BY_LOWER_CASE.get(id.toLowerCase(Locale.ROOT)))
        .map(TimeZone::getCanonicalID)
        .map(name -> name.equals("Etc/UTC") || name.equals("Etc/GMT") ? "UTC" : name);
  }

  private static String offset(Matcher parts) {
    String minutes = parts.group(3) == null ? "00" : parts.group(3);
    boolean isZero = parts.group(2).equals("00") && minutes.equals("00");
    return (isZero ? "+" : parts.group(1)) + parts.group(2) + ":" + minutes;
  }

  /** Takes what {@link #canonical} gives. */
  static TimeZone zone(String canonical) {
    boolean isOffset = canonical.startsWith("+") || canonical.startsWith("-");
    return TimeZone.getTimeZone(isOffset ? "GMT" + canonical : canonical, TimeZone.TIMEZONE_ICU);
  }
}
