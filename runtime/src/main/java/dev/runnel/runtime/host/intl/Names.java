package dev.runnel.runtime.host.intl;

import com.ibm.icu.impl.ICUData;
import com.ibm.icu.impl.ICUResourceBundle;
import com.ibm.icu.text.DateTimePatternGenerator;
import com.ibm.icu.text.DateTimePatternGenerator.DisplayWidth;
import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.UResourceBundle;
import java.util.Map;
import java.util.Optional;

/** One {@code Intl.DisplayNames}. */
record Names(ULocale locale, String type, String style, LocaleDisplayNames names) {
  private static final Map<String, Integer> FIELDS =
      Map.ofEntries(
          Map.entry("era", DateTimePatternGenerator.ERA),
          Map.entry("year", DateTimePatternGenerator.YEAR),
          Map.entry("quarter", DateTimePatternGenerator.QUARTER),
          Map.entry("month", DateTimePatternGenerator.MONTH),
          Map.entry("weekOfYear", DateTimePatternGenerator.WEEK_OF_YEAR),
          Map.entry("weekday", DateTimePatternGenerator.WEEKDAY),
          Map.entry("day", DateTimePatternGenerator.DAY),
          Map.entry("dayPeriod", DateTimePatternGenerator.DAYPERIOD),
          Map.entry("hour", DateTimePatternGenerator.HOUR),
          Map.entry("minute", DateTimePatternGenerator.MINUTE),
          Map.entry("second", DateTimePatternGenerator.SECOND),
          Map.entry("timeZoneName", DateTimePatternGenerator.ZONE));

  static Names of(Settings settings) {
    ULocale locale = settings.locale();
    String style = settings.text("style");
    var names =
        LocaleDisplayNames.getInstance(
            locale,
            settings.is("languageDisplay", "standard")
                ? DisplayContext.STANDARD_NAMES
                : DisplayContext.DIALECT_NAMES,
            DisplayContext.CAPITALIZATION_NONE,
            style.equals("long") ? DisplayContext.LENGTH_FULL : DisplayContext.LENGTH_SHORT,
            settings.is("fallback", "code")
                ? DisplayContext.SUBSTITUTE
                : DisplayContext.NO_SUBSTITUTE);
    return new Names(locale, settings.text("type"), style, names);
  }

  /** Takes a canonical code; empty when it has no name. */
  Optional<String> of(String code) {
    return switch (type) {
      case "language" -> Optional.ofNullable(names.localeDisplayName(ULocale.forLanguageTag(code)));
      case "region" -> region(code);
      case "script" -> Optional.ofNullable(names.scriptDisplayNameInContext(code));
      case "currency" -> currency(code);
      case "calendar" ->
          Optional.ofNullable(
              names.keyValueDisplayName("calendar", ULocale.toLegacyType("ca", code)));
      case "dateTimeField" -> field(code);
      default -> throw NumberOptions.unknown("type", type);
    };
  }

  /** ICU for Java leaves the short names out, which are in the data. */
  private Optional<String> region(String code) {
    Optional<String> name = Optional.ofNullable(names.regionDisplayName(code));
    return style.equals("long") ? name : shortRegion(code).or(() -> name);
  }

  private Optional<String> shortRegion(String code) {
    var bundle =
        (ICUResourceBundle) UResourceBundle.getBundleInstance(ICUData.ICU_REGION_BASE_NAME, locale);
    return Optional.ofNullable(bundle.findStringWithFallback("Countries%short/" + code));
  }

  /** The name in all styles, as on V8. */
  private Optional<String> currency(String code) {
    String name = Currency.getInstance(code).getName(locale, Currency.LONG_NAME, new boolean[1]);
    return Optional.of(name).filter(found -> !found.equals(code));
  }

  private Optional<String> field(String code) {
    Integer field = FIELDS.get(code);
    if (field == null) {
      throw NumberOptions.unknown("code", code);
    }
    DisplayWidth width =
        switch (style) {
          case "long" -> DisplayWidth.WIDE;
          case "short" -> DisplayWidth.ABBREVIATED;
          default -> DisplayWidth.NARROW;
        };
    return Optional.of(
        DateTimePatternGenerator.getInstance(locale).getFieldDisplayName(field, width));
  }
}
