package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.ConstrainedFieldPosition;
import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.FormattedRelativeDateTime;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeDateTimeUnit;
import com.ibm.icu.text.RelativeDateTimeFormatter.Style;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.util.Optional;

/** {@code Intl.RelativeTimeFormat}'s functions. */
final class RelativeTimeFunctions {
  /** ICU's number for "as the locale has it". */
  private static final int LOCALES_OWN_MINIMUM = -2;

  private final FormatterCache cache;

  RelativeTimeFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function("relativeTime", args -> JsValue.of(format(args).toString()))
        .function(
            "relativeTimeParts",
            args -> JsValue.of(Parts.of(format(args), RelativeTimeFunctions::name).toJson()));
  }

  private record RelativeTimes(RelativeDateTimeFormatter formatter, boolean isAlwaysNumeric) {
    static RelativeTimes of(Settings settings) {
      ULocale locale = settings.locale();
      DecimalFormat numbers = (DecimalFormat) NumberFormat.getInstance(locale);
      numbers.setMinimumGroupingDigits(LOCALES_OWN_MINIMUM);
      return new RelativeTimes(
          RelativeDateTimeFormatter.getInstance(
              locale, numbers, style(settings.text("style")), DisplayContext.CAPITALIZATION_NONE),
          settings.is("numeric", "always"));
    }

    FormattedRelativeDateTime format(double value, RelativeDateTimeUnit unit) {
      return isAlwaysNumeric
          ? formatter.formatNumericToValue(value, unit)
          : formatter.formatToValue(value, unit);
    }
  }

  private FormattedRelativeDateTime format(Arguments args) {
    return cache
        .get(RelativeTimes.class, args.string(0, "settings"), RelativeTimes::of)
        .format(args.number(1, "value"), unit(args.string(2, "unit")));
  }

  private static Style style(String style) {
    return switch (style) {
      case "long" -> Style.LONG;
      case "short" -> Style.SHORT;
      case "narrow" -> Style.NARROW;
      default -> throw NumberOptions.unknown("style", style);
    };
  }

  private static RelativeDateTimeUnit unit(String unit) {
    return switch (unit) {
      case "second" -> RelativeDateTimeUnit.SECOND;
      case "minute" -> RelativeDateTimeUnit.MINUTE;
      case "hour" -> RelativeDateTimeUnit.HOUR;
      case "day" -> RelativeDateTimeUnit.DAY;
      case "week" -> RelativeDateTimeUnit.WEEK;
      case "month" -> RelativeDateTimeUnit.MONTH;
      case "quarter" -> RelativeDateTimeUnit.QUARTER;
      case "year" -> RelativeDateTimeUnit.YEAR;
      default -> throw NumberOptions.unknown("unit", unit);
    };
  }

  private static Optional<String> name(ConstrainedFieldPosition position, String text) {
    return position.getField() instanceof NumberFormat.Field field
        ? Optional.ofNullable(NumberFormatting.NAMES.get(field))
        : Optional.empty();
  }
}
