package dev.runnel.runtime.host.intl;

import com.google.gson.JsonObject;
import com.ibm.icu.text.NumberingSystem;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * ResolveLocale of ECMA-402.
 *
 * @param locale what {@code resolvedOptions()} shows
 * @param dataLocale the available locale that was found
 * @param values by extension key, what is in effect; without those that are nobody's choice and
 *     have no default
 */
record LocaleResolution(String locale, String dataLocale, Map<String, String> values) {
  /** The option that leaves a key without value, whatever the tag says. */
  private static final String NOTHING = "none";

  /**
   * @param options by extension key, what the options ask for; and {@code default}, the tag to use
   *     when nothing fits
   */
  static LocaleResolution of(Service service, List<String> requested, Settings options) {
    var match = Matching.of(service).find(requested);
    String found = match.map(Matching.Match::locale).orElseGet(() -> options.text("default"));
    ULocale desired = ULocale.forLanguageTag(match.map(Matching.Match::desired).orElse(found));
    Map<String, String> values = new TreeMap<>();
    StringBuilder extension = new StringBuilder();
    for (String key : service.extensionKeys()) {
      ULocale base = ULocale.forLanguageTag(found);
      Optional<String> fromTag = fromTag(desired, key).filter(value -> isValid(base, key, value));
      Optional<String> fromOptions =
          options.optional(key).filter(value -> isValid(base, key, value));
      if (options.is(key, NOTHING)) {
        continue;
      }
      if (fromTag.isPresent() && (fromOptions.isEmpty() || fromOptions.equals(fromTag))) {
        extension.append('-').append(key);
        fromTag
            .filter(value -> !value.equals("true"))
            .ifPresent(v -> extension.append('-').append(v));
      }
      fromOptions
          .or(() -> fromTag)
          .or(() -> standard(base, key))
          .ifPresent(value -> values.put(key, value));
    }
    String tag = extension.isEmpty() ? found : found + "-u" + extension;
    return new LocaleResolution(tag, found, values);
  }

  private static Optional<String> fromTag(ULocale tag, String key) {
    return Optional.ofNullable(tag.getUnicodeLocaleType(key))
        .map(value -> value.isEmpty() ? "true" : value);
  }

  private static boolean isValid(ULocale locale, String key, String value) {
    return switch (key) {
      case "nu" -> Available.numberingSystems().contains(value);
      case "ca" -> Available.calendars().contains(value);
      case "hc" -> Set.of("h11", "h12", "h23", "h24").contains(value);
      case "co" -> LocaleData.collations(locale).contains(value);
      case "kf" -> Set.of("upper", "lower", "false").contains(value);
      case "kn" -> Set.of("true", "false").contains(value);
      default -> false;
    };
  }

  private static Optional<String> standard(ULocale locale, String key) {
    return switch (key) {
      case "nu" -> Optional.of(NumberingSystem.getInstance(locale).getName());
      case "ca" -> Optional.of(Available.calendarName(Calendar.getInstance(locale)));
      default -> Optional.empty();
    };
  }

  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("locale", locale);
    json.addProperty("dataLocale", dataLocale);
    values.forEach(json::addProperty);
    return json.toString();
  }
}
