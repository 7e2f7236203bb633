package dev.runnel.runtime.host.intl;

import com.google.gson.JsonObject;
import com.ibm.icu.text.ConstrainedFieldPosition;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.DateIntervalFormat;
import com.ibm.icu.text.DateIntervalFormat.FormattedDateInterval;
import com.ibm.icu.text.SimpleDateFormat;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.GregorianCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.text.AttributedCharacterIterator;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One {@code Intl.DateTimeFormat}. */
final class DateFormatting {
  /** Before ECMAScript's first instant: dates are Gregorian from the beginning. */
  private static final Date NEVER_JULIAN = new Date(-(1L << 53));

  private static final Map<DateFormat.Field, String> NAMES =
      Map.ofEntries(
          Map.entry(DateFormat.Field.ERA, "era"),
          Map.entry(DateFormat.Field.YEAR, "year"),
          Map.entry(DateFormat.Field.EXTENDED_YEAR, "year"),
          Map.entry(DateFormat.Field.RELATED_YEAR, "relatedYear"),
          Map.entry(DateFormat.Field.MONTH, "month"),
          Map.entry(DateFormat.Field.DAY_OF_MONTH, "day"),
          Map.entry(DateFormat.Field.DAY_OF_WEEK, "weekday"),
          Map.entry(DateFormat.Field.DOW_LOCAL, "weekday"),
          Map.entry(DateFormat.Field.HOUR_OF_DAY0, "hour"),
          Map.entry(DateFormat.Field.HOUR_OF_DAY1, "hour"),
          Map.entry(DateFormat.Field.HOUR0, "hour"),
          Map.entry(DateFormat.Field.HOUR1, "hour"),
          Map.entry(DateFormat.Field.MINUTE, "minute"),
          Map.entry(DateFormat.Field.SECOND, "second"),
          Map.entry(DateFormat.Field.MILLISECOND, "fractionalSecond"),
          Map.entry(DateFormat.Field.AM_PM, "dayPeriod"),
          Map.entry(DateFormat.Field.AM_PM_MIDNIGHT_NOON, "dayPeriod"),
          Map.entry(DateFormat.Field.FLEXIBLE_DAY_PERIOD, "dayPeriod"),
          Map.entry(DateFormat.Field.TIME_ZONE, "timeZoneName"));

  private static final Set<String> NAMED_YEARS = Set.of("chinese", "dangi");

  private final ULocale locale;
  private final DatePattern pattern;
  private final SimpleDateFormat format;

  /** Made when first needed: few programs format ranges. */
  private Optional<DateIntervalFormat> intervals = Optional.empty();

  private DateFormatting(ULocale locale, DatePattern pattern, SimpleDateFormat format) {
    this.locale = locale;
    this.pattern = pattern;
    this.format = format;
  }

  static DateFormatting of(Settings settings) {
    ULocale locale = settings.locale();
    DatePattern pattern = DatePattern.of(settings, locale);
    SimpleDateFormat format = pattern.format();
    format.setCalendar(calendar(TimeZones.zone(settings.text("timeZone")), locale));
    return new DateFormatting(locale, pattern, format);
  }

  private static Calendar calendar(TimeZone zone, ULocale locale) {
    Calendar calendar = Calendar.getInstance(zone, locale);
    if (calendar instanceof GregorianCalendar gregorian && isWestern(calendar)) {
      gregorian.setGregorianChange(NEVER_JULIAN);
    }
    return calendar;
  }

  /** The Buddhist and the Japanese calendar count other years, and are Julian before 1582 on V8. */
  private static boolean isWestern(Calendar calendar) {
    return calendar.getType().equals("gregorian") || calendar.getType().equals("iso8601");
  }

  /** The components that are shown, and the hour cycle, as JSON. */
  String describe() {
    JsonObject json = new JsonObject();
    pattern.components().forEach(json::addProperty);
    pattern.hourCycle().ifPresent(cycle -> json.addProperty("hourCycle", cycle));
    return json.toString();
  }

  String format(long time) {
    return spaced(format.format(new Date(time)));
  }

  /** CLDR has a narrow no-break space before "AM". Programs expect a space, so V8 writes one. */
  private static String spaced(String text) {
    return text.replace('\u202f', ' ');
  }

  String parts(long time) {
    return partsOf(time).toJson();
  }

  private Parts partsOf(long time) {
    var text = format.formatToCharacterIterator(new Date(time));
    Parts parts = Parts.literal(spaced(text(text)));
    text.first();
    while (text.getIndex() < text.getEndIndex()) {
      int limit = text.getRunLimit();
      for (AttributedCharacterIterator.Attribute attribute : text.getAttributes().keySet()) {
        if (attribute instanceof DateFormat.Field field) {
          nameOf(field).ifPresent(name -> parts.add(name, text.getIndex(), limit));
        }
      }
      text.setIndex(limit);
    }
    return parts;
  }

  /** ICU for Java has one field for numbers and names of years; two calendars have names. */
  private Optional<String> nameOf(DateFormat.Field field) {
    boolean isNamed =
        field == DateFormat.Field.YEAR && NAMED_YEARS.contains(format.getCalendar().getType());
    return isNamed ? Optional.of("yearName") : Optional.ofNullable(NAMES.get(field));
  }

  private static String text(AttributedCharacterIterator iterator) {
    StringBuilder text = new StringBuilder();
    for (char c = iterator.first();
        iterator.getIndex() < iterator.getEndIndex();
        c = iterator.next()) {
      text.append(c);
    }
    return text.toString();
  }

  String formatRange(long start, long end) {
    FormattedDateInterval interval = interval(start, end);
    return rangePartsOf(interval).hasSpans() ? spaced(interval.toString()) : format(start);
  }

  String rangeParts(long start, long end) {
    Parts parts = rangePartsOf(interval(start, end));
    return (parts.hasSpans() ? parts : partsOf(start)).toJsonWithSources();
  }

  private Parts rangePartsOf(FormattedDateInterval interval) {
    return Parts.of(interval, this::name, DateFormatting::side).replacing('\u202f', ' ');
  }

  private FormattedDateInterval interval(long start, long end) {
    return intervals().formatToValue(at(start), at(end));
  }

  private Calendar at(long time) {
    Calendar calendar = (Calendar) format.getCalendar().clone();
    calendar.setTimeInMillis(time);
    return calendar;
  }

  private DateIntervalFormat intervals() {
    return intervals.orElseGet(
        () -> {
          DateIntervalFormat made =
              DateIntervalFormat.getInstance(pattern.skeleton(), withHourCycle());
          made.setTimeZone(format.getTimeZone());
          intervals = Optional.of(made);
          return made;
        });
  }

  private ULocale withHourCycle() {
    return pattern.hourCycle().map(cycle -> locale.setKeywordValue("hours", cycle)).orElse(locale);
  }

  private Optional<String> name(ConstrainedFieldPosition position, String text) {
    return position.getField() instanceof DateFormat.Field field ? nameOf(field) : Optional.empty();
  }

  private static Optional<String> side(ConstrainedFieldPosition position, String text) {
    return position.getField() == DateIntervalFormat.SpanField.DATE_INTERVAL_SPAN
        ? Optional.of(
            Integer.valueOf(0).equals(position.getFieldValue()) ? "startRange" : "endRange")
        : Optional.empty();
  }
}
