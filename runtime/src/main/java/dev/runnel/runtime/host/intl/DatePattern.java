package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.DateTimePatternGenerator;
import com.ibm.icu.text.SimpleDateFormat;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The pattern for a {@code DateTimeFormat}'s options, chosen as V8 chooses it, so that server and
 * browser agree.
 *
 * @param format with that pattern; its calendar is still to be set
 * @param hourCycle {@code h11} to {@code h24}; empty when no hour is shown
 * @param isStyle whether dateStyle or timeStyle asked for it
 */
record DatePattern(
    SimpleDateFormat format,
    DateTimePatternGenerator generator,
    Optional<String> hourCycle,
    boolean isStyle) {

  /** Option → its values → what they are in a skeleton. The hour's letter is the hour cycle's. */
  private static final Map<String, Map<String, String>> SKELETONS =
      Map.of(
          "weekday", Map.of("narrow", "EEEEE", "long", "EEEE", "short", "EEE"),
          "era", Map.of("narrow", "GGGGG", "long", "GGGG", "short", "GGG"),
          "year", Map.of("2-digit", "yy", "numeric", "y"),
          "month",
              Map.of(
                  "narrow", "MMMMM", "long", "MMMM", "short", "MMM", "2-digit", "MM", "numeric",
                  "M"),
          "day", Map.of("2-digit", "dd", "numeric", "d"),
          "dayPeriod", Map.of("narrow", "BBBBB", "long", "BBBB", "short", "B"),
          "minute", Map.of("2-digit", "mm", "numeric", "m"),
          "second", Map.of("2-digit", "ss", "numeric", "s"),
          "fractionalSecondDigits", Map.of("1", "S", "2", "SS", "3", "SSS"),
          "timeZoneName",
              Map.of(
                  "long", "zzzz",
                  "short", "z",
                  "longOffset", "OOOO",
                  "shortOffset", "O",
                  "longGeneric", "vvvv",
                  "shortGeneric", "v"));

  private static final List<String> ORDER =
      List.of(
          "weekday",
          "era",
          "year",
          "month",
          "day",
          "dayPeriod",
          "hour",
          "minute",
          "second",
          "fractionalSecondDigits",
          "timeZoneName");

  static DatePattern of(Settings settings, ULocale locale) {
    var generator = DateTimePatternGenerator.getInstance(locale);
    String cycle = HourCycles.of(settings, locale, generator);
    if (settings.has("dateStyle") || settings.has("timeStyle")) {
      Optional<String> shown = Optional.of(cycle).filter(_ -> settings.has("timeStyle"));
      return new DatePattern(styled(settings, locale, generator, cycle), generator, shown, true);
    }
    Optional<String> shown = Optional.of(cycle).filter(_ -> settings.has("hour"));
    SimpleDateFormat format = bestFor(skeleton(settings, cycle), locale, generator, shown);
    return new DatePattern(format, generator, shown, false);
  }

  private static String skeleton(Settings settings, String cycle) {
    StringBuilder skeleton = new StringBuilder();
    for (String option : ORDER) {
      settings.optional(option).ifPresent(value -> skeleton.append(letters(option, value, cycle)));
    }
    return skeleton.toString();
  }

  private static String letters(String option, String value, String cycle) {
    if (option.equals("hour")) {
      String letter = String.valueOf(HourCycles.letter(cycle));
      return value.equals("2-digit") ? letter + letter : letter;
    }
    String letters = SKELETONS.getOrDefault(option, Map.of()).get(value);
    if (letters == null) {
      throw NumberOptions.unknown(option, value);
    }
    return letters;
  }

  private static SimpleDateFormat bestFor(
      String skeleton, ULocale locale, DateTimePatternGenerator generator, Optional<String> cycle) {
    String best =
        generator.getBestPattern(skeleton, DateTimePatternGenerator.MATCH_HOUR_FIELD_LENGTH);
    return new SimpleDateFormat(
        cycle.map(wanted -> HourCycles.inPattern(best, wanted)).orElse(best), locale);
  }

  private static SimpleDateFormat styled(
      Settings settings, ULocale locale, DateTimePatternGenerator generator, String cycle) {
    int date = style(settings, "dateStyle");
    int time = style(settings, "timeStyle");
    if (time == DateFormat.NONE) {
      return (SimpleDateFormat) DateFormat.getDateInstance(date, locale);
    }
    SimpleDateFormat standard =
        (SimpleDateFormat)
            (date == DateFormat.NONE
                ? DateFormat.getTimeInstance(time, locale)
                : DateFormat.getDateTimeInstance(date, time, locale));
    String pattern = standard.toPattern();
    if (HourCycles.ofPattern(pattern).equals(Optional.of(cycle))) {
      return standard;
    }
    String skeleton = HourCycles.inSkeleton(generator.getSkeleton(pattern), cycle);
    return bestFor(skeleton, locale, generator, Optional.of(cycle));
  }

  private static int style(Settings settings, String option) {
    return switch (settings.optional(option).orElse("")) {
      case "full" -> DateFormat.FULL;
      case "long" -> DateFormat.LONG;
      case "medium" -> DateFormat.MEDIUM;
      case "short" -> DateFormat.SHORT;
      default -> DateFormat.NONE;
    };
  }

  /** What {@code DateIntervalFormat} makes its patterns from. */
  String skeleton() {
    return generator.getSkeleton(format.toPattern());
  }

  /** By option, its value as the pattern has it; none for styles. */
  SequencedMap<String, String> components() {
    SequencedMap<String, String> components = new LinkedHashMap<>();
    if (!isStyle) {
      for (String run : runs()) {
        describe(run)
            .ifPresent(component -> components.putIfAbsent(component.option(), component.value()));
      }
    }
    return components;
  }

  private record Component(String option, String value) {}

  private static Optional<Component> describe(String run) {
    int count = run.length();
    return switch (run.charAt(0)) {
      case 'E', 'c' -> named("weekday", count);
      case 'G' -> named("era", count);
      case 'y' -> Optional.of(new Component("year", count == 2 ? "2-digit" : "numeric"));
      case 'M', 'L' -> Optional.of(new Component("month", count > 2 ? name(count) : digits(count)));
      case 'd' -> Optional.of(new Component("day", digits(count)));
      case 'B' -> Optional.of(new Component("dayPeriod", name(count)));
      case 'H', 'h', 'k', 'K' -> Optional.of(new Component("hour", digits(count)));
      case 'm' -> Optional.of(new Component("minute", digits(count)));
      case 's' -> Optional.of(new Component("second", digits(count)));
      case 'S' -> Optional.of(new Component("fractionalSecondDigits", String.valueOf(count)));
      case 'z' -> Optional.of(new Component("timeZoneName", count == 4 ? "long" : "short"));
      case 'O' ->
          Optional.of(new Component("timeZoneName", count == 4 ? "longOffset" : "shortOffset"));
      case 'v' ->
          Optional.of(new Component("timeZoneName", count == 4 ? "longGeneric" : "shortGeneric"));
      default -> Optional.empty();
    };
  }

  /** One or two letters are abbreviations too, but ones that nobody asked for. */
  private static Optional<Component> named(String option, int count) {
    return count > 2 ? Optional.of(new Component(option, name(count))) : Optional.empty();
  }

  private static String name(int count) {
    return count == 5 ? "narrow" : count == 4 ? "long" : "short";
  }

  private static String digits(int count) {
    return count == 2 ? "2-digit" : "numeric";
  }

  /** The pattern's fields, such as {@code yyyy} and {@code MM}, without quoted and other text. */
  private List<String> runs() {
    List<String> runs = new ArrayList<>();
    String pattern = format.toPattern();
    boolean isQuoted = false;
    for (int start = 0; start < pattern.length(); ) {
      char letter = pattern.charAt(start);
      int limit = start + 1;
      while (limit < pattern.length() && pattern.charAt(limit) == letter && letter != '\'') {
        limit++;
      }
      isQuoted ^= letter == '\'';
      if (!isQuoted && Character.isLetter(letter)) {
        runs.add(pattern.substring(start, limit));
      }
      start = limit;
    }
    return runs;
  }
}
