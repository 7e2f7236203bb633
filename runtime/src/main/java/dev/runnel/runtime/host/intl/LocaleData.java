package dev.runnel.runtime.host.intl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.DateTimePatternGenerator;
import com.ibm.icu.text.NumberingSystem;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a locale's users are used to: {@code Intl.Locale.prototype.getX}. */
final class LocaleData {
  private static final int DAYS = 7;

  private LocaleData() {}

  static List<String> values(String tag, String what) {
    ULocale locale = LocaleTags.locale(tag);
    return switch (what) {
      case "calendars" -> calendars(locale);
      case "collations" -> List.copyOf(collations(locale));
      case "hourCycles" -> List.of(hourCycle(locale));
      case "numberingSystems" -> List.of(NumberingSystem.getInstance(locale).getName());
      case "timeZones" -> timeZones(locale);
      default -> throw NumberOptions.unknown("what", what);
    };
  }

  /** The most preferred first. */
  private static List<String> calendars(ULocale locale) {
    return Stream.of(Calendar.getKeywordValuesForLocale("calendar", locale, true))
        .map(name -> LocaleTags.canonicalType("ca", name))
        .toList();
  }

  /** Without {@code standard} and {@code search}, which aren't for programs to choose. */
  static Set<String> collations(ULocale locale) {
    return Stream.of(Collator.getKeywordValuesForLocale("collation", locale, false))
        .map(name -> LocaleTags.canonicalType("co", name))
        .filter(name -> !name.equals("standard") && !name.equals("search"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static String hourCycle(ULocale locale) {
    return HourCycles.standard(DateTimePatternGenerator.getInstance(locale));
  }

  private static List<String> timeZones(ULocale locale) {
    return TimeZone.getAvailableIDs(SystemTimeZoneType.CANONICAL, locale.getCountry(), null)
        .stream()
        .sorted()
        .toList();
  }

  /** Days are counted from Monday, 1, to Sunday, 7. */
  static String weekInfo(String tag) {
    var week = Calendar.getInstance(LocaleTags.locale(tag)).getWeekData();
    JsonArray weekend = new JsonArray();
    for (int day = 1; day <= DAYS; day++) {
      if (isBetween(day, isoDay(week.weekendOnset), isoDay(week.weekendCease))) {
        weekend.add(day);
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("firstDay", isoDay(week.firstDayOfWeek));
    json.add("weekend", weekend);
    return json.toString();
  }

  private static int isoDay(int day) {
    return day == Calendar.SUNDAY ? DAYS : day - 1;
  }

  private static boolean isBetween(int day, int first, int last) {
    return first <= last ? day >= first && day <= last : day >= first || day <= last;
  }

  static boolean isRightToLeft(String tag) {
    return LocaleTags.locale(tag).isRightToLeft();
  }
}
