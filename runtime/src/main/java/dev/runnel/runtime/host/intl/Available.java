package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.CurrencyMetaInfo;
import com.ibm.icu.text.CurrencyMetaInfo.CurrencyFilter;
import com.ibm.icu.text.NumberingSystem;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is: locales, calendars, currencies and so on. Shared by all isolates; nothing here
 * changes.
 */
final class Available {
  private static final String DATA = "/com/ibm/icu/impl/data/icudata/";

  /** By language, whether its data is there. */
  private static final Map<String, Boolean> WITH_DATA = new ConcurrentHashMap<>();

  /** The units that ECMA-402 sanctions. */
  private static final List<String> UNITS =
      List.of(
          "acre",
          "bit",
          "byte",
          "celsius",
          "centimeter",
          "day",
          "degree",
          "fahrenheit",
          "fluid-ounce",
          "foot",
          "gallon",
          "gigabit",
          "gigabyte",
          "gram",
          "hectare",
          "hour",
          "inch",
          "kilobit",
          "kilobyte",
          "kilogram",
          "kilometer",
          "liter",
          "megabit",
          "megabyte",
          "meter",
          "microsecond",
          "mile",
          "mile-scandinavian",
          "milliliter",
          "millimeter",
          "millisecond",
          "minute",
          "month",
          "nanosecond",
          "ounce",
          "percent",
          "petabyte",
          "pound",
          "second",
          "stone",
          "terabit",
          "terabyte",
          "week",
          "yard",
          "year");

  /** Each is made when it is first asked for. */
  private static final class Units {
    static final Map<String, MeasureUnit> ALL = measureUnits();
  }

  private static final class NumberingSystems {
    static final Set<String> ALL =
        Stream.of(NumberingSystem.getAvailableNames())
            .filter(name -> !NumberingSystem.getInstanceByName(name).isAlgorithmic())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final class Calendars {
    static final Set<String> ALL =
        types("ca", Calendar.getKeywordValuesForLocale("calendar", ULocale.ROOT, false));
  }

  private static final class Locales {
    static final Set<String> ALL = tags(withData(ULocale.getAvailableLocales()));
  }

  private static final class CollatorLocales {
    static final Set<String> ALL = tags(withData(Collator.getAvailableULocales()));
  }

  private static final class PluralLocales {
    // The rules of all languages are in one file, which no image leaves out.
    static final Set<String> ALL = tags(Stream.of(PluralRules.getAvailableULocales()));
  }

  private static final class BreakLocales {
    static final Set<String> ALL =
        tags(
            withData(
                Stream.of(BreakIterator.getAvailableLocales())
                    .map(ULocale::forLocale)
                    .toArray(ULocale[]::new)));
  }

  private Available() {}

  static Set<String> locales(Service service) {
    return switch (service) {
      case COLLATOR -> CollatorLocales.ALL;
      case PLURAL_RULES -> PluralLocales.ALL;
      case SEGMENTER -> BreakLocales.ALL;
      default -> Locales.ALL;
    };
  }

  static Set<String> numberingSystems() {
    return NumberingSystems.ALL;
  }

  static Set<String> calendars() {
    return Calendars.ALL;
  }

  static String calendarName(Calendar calendar) {
    return LocaleTags.canonicalType("ca", calendar.getType());
  }

  static int currencyDigits(String currency) {
    return Currency.getInstance(currency).getDefaultFractionDigits();
  }

  static MeasureUnit unit(String name) {
    MeasureUnit unit = Units.ALL.get(name);
    if (unit == null) {
      throw NumberOptions.unknown("unit", name);
    }
    return unit;
  }

  /** {@code Intl.supportedValuesOf}, sorted. */
  static List<String> values(String key) {
    return switch (key) {
      case "calendar" -> List.copyOf(Calendars.ALL);
      case "collation" -> List.copyOf(collations());
      case "currency" -> currencies();
      case "numberingSystem" -> List.copyOf(NumberingSystems.ALL);
      case "timeZone" -> timeZones();
      case "unit" -> UNITS;
      default -> throw NumberOptions.unknown("key", key);
    };
  }

  private static Set<String> collations() {
    Set<String> types = types("co", Collator.getKeywordValues("collation"));
    types.removeAll(Set.of("standard", "search"));
    return types;
  }

  /** What has been legal tender since 2020 and a few more, as ICU for C has it. */
  private static List<String> currencies() {
    var recent = CurrencyFilter.onDateRange(day(2020, 1), day(2025, 5)).withTender();
    return Stream.concat(
            CurrencyMetaInfo.getInstance().currencies(recent).stream(),
            Stream.of("SVC", "XDR", "XSU"))
        .distinct()
        .sorted()
        .toList();
  }

  private static Date day(int year, int month) {
    return Date.from(LocalDate.of(year, month, 1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static List<String> timeZones() {
    return TimeZone.getAvailableIDs(SystemTimeZoneType.CANONICAL_LOCATION, null, null).stream()
        .sorted()
        .toList();
  }

  private static Set<String> types(String key, String[] names) {
    return Stream.of(names)
        .map(name -> LocaleTags.canonicalType(key, name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** ICU lists all that it was published with, also where the data of some was left out since. */
  private static Stream<ULocale> withData(ULocale[] published) {
    return Stream.of(published)
        .filter(
            locale ->
                WITH_DATA.computeIfAbsent(
                    locale.getLanguage(),
                    language -> ULocale.class.getResource(DATA + language + ".res") != null));
  }

  /** With {@code zh-TW} beside {@code zh-Hant-TW}, as ECMA-402 wants it. */
  private static Set<String> tags(Stream<ULocale> locales) {
    Set<String> tags = new HashSet<>();
    for (ULocale locale : (Iterable<ULocale>) locales::iterator) {
      String name = locale.getName();
      if (!name.equals("root") && locale.getVariant().isEmpty()) {
        tags.add(name.replace('_', '-'));
        if (!locale.getScript().isEmpty() && !locale.getCountry().isEmpty()) {
          tags.add(locale.getLanguage() + "-" + locale.getCountry());
        }
      }
    }
    return tags;
  }

  private static Map<String, MeasureUnit> measureUnits() {
    Map<String, MeasureUnit> units = new HashMap<>();
    for (MeasureUnit unit : MeasureUnit.getAvailable()) {
      if (UNITS.contains(unit.getSubtype()) && !unit.getType().equals("none")) {
        units.put(unit.getSubtype(), unit);
      }
    }
    units.put("percent", MeasureUnit.PERCENT);
    return Map.copyOf(units);
  }
}
