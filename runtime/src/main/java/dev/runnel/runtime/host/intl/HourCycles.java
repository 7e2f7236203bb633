package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.DateTimePatternGenerator;
import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Optional;

/** {@code h11}, {@code h12}, {@code h23} and {@code h24}, and their letters in patterns. */
final class HourCycles {
  private static final String LETTERS = "KhHk";

  private HourCycles() {}

  /** hour12 wins over hourCycle, which wins over what the locale has. */
  static String of(Settings settings, ULocale locale, DateTimePatternGenerator generator) {
    String standard = standard(generator);
    if (settings.has("hour12")) {
      return settings.flag("hour12") ? twelve(standard, locale) : twentyFour(standard);
    }
    return settings.optional("hourCycle").orElse(standard);
  }

  static String standard(DateTimePatternGenerator generator) {
    String name = generator.getDefaultHourCycle().name();
    return "h" + name.substring("HOUR_CYCLE_".length()).toLowerCase(Locale.ROOT);
  }

  /** Japan counts from zero to eleven. */
  private static String twelve(String standard, ULocale locale) {
    boolean isTwelve = standard.equals("h11") || standard.equals("h12");
    return isTwelve ? standard : locale.getCountry().equals("JP") ? "h11" : "h12";
  }

  private static String twentyFour(String standard) {
    return standard.equals("h24") ? "h24" : "h23";
  }

  static char letter(String cycle) {
    return switch (cycle) {
      case "h11" -> 'K';
      case "h12" -> 'h';
      case "h23" -> 'H';
      case "h24" -> 'k';
      default -> throw NumberOptions.unknown("hourCycle", cycle);
    };
  }

  static Optional<String> ofPattern(String pattern) {
    boolean isQuoted = false;
    for (char c : pattern.toCharArray()) {
      isQuoted ^= c == '\'';
      if (!isQuoted && LETTERS.indexOf(c) >= 0) {
        return Optional.of(
            switch (c) {
              case 'K' -> "h11";
              case 'h' -> "h12";
              case 'H' -> "h23";
              default -> "h24";
            });
      }
    }
    return Optional.empty();
  }

  static String inPattern(String pattern, String cycle) {
    StringBuilder result = new StringBuilder();
    boolean isQuoted = false;
    char last = 0;
    for (char c : pattern.toCharArray()) {
      isQuoted ^= c == '\'';
      boolean isHour = !isQuoted && LETTERS.indexOf(c) >= 0;
      if (isHour && last == 'd') {
        result.append(' ');
      }
      result.append(isHour ? letter(cycle) : c);
      last = c;
    }
    return result.toString();
  }

  /** Without day periods: ICU would take them for a reason to show twelve hours (ICU-20437). */
  static String inSkeleton(String skeleton, String cycle) {
    StringBuilder result = new StringBuilder();
    for (char c : skeleton.toCharArray()) {
      if ("abB".indexOf(c) < 0) {
        result.append(LETTERS.indexOf(c) >= 0 ? letter(cycle) : c);
      }
    }
    return result.toString();
  }
}
