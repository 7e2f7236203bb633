package dev.runnel.runtime.host.intl;

import com.ibm.icu.number.FormattedNumber;
import com.ibm.icu.number.FormattedNumberRange;
import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.LocalizedNumberRangeFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.NumberRangeFormatter;
import com.ibm.icu.number.NumberRangeFormatter.RangeIdentityFallback;
import com.ibm.icu.text.ConstrainedFieldPosition;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code Intl.NumberFormat}.
 *
 * @param positive formats numbers from zero up
 * @param negative the others: Java's rounding modes know no "half ceiling", which is half up for
 *     the one and half down for the other
 */
record NumberFormatting(
    ULocale locale,
    LocalizedNumberFormatter positive,
    LocalizedNumberFormatter negative,
    boolean isUnit) {

  static final Map<NumberFormat.Field, String> NAMES =
      Map.ofEntries(
          Map.entry(NumberFormat.Field.INTEGER, "integer"),
          Map.entry(NumberFormat.Field.FRACTION, "fraction"),
          Map.entry(NumberFormat.Field.DECIMAL_SEPARATOR, "decimal"),
          Map.entry(NumberFormat.Field.GROUPING_SEPARATOR, "group"),
          Map.entry(NumberFormat.Field.CURRENCY, "currency"),
          Map.entry(NumberFormat.Field.PERCENT, "percentSign"),
          Map.entry(NumberFormat.Field.PERMILLE, "percentSign"),
          Map.entry(NumberFormat.Field.EXPONENT_SYMBOL, "exponentSeparator"),
          Map.entry(NumberFormat.Field.EXPONENT_SIGN, "exponentMinusSign"),
          Map.entry(NumberFormat.Field.EXPONENT, "exponentInteger"),
          Map.entry(NumberFormat.Field.COMPACT, "compact"),
          Map.entry(NumberFormat.Field.MEASURE_UNIT, "unit"),
          Map.entry(NumberFormat.Field.APPROXIMATELY_SIGN, "approximatelySign"));

  static NumberFormatting of(Settings settings) {
    var rounding = NumberOptions.rounding(settings);
    return new NumberFormatting(
        settings.locale(),
        formatter(settings, rounding.positive()),
        formatter(settings, rounding.negative()),
        settings.is("style", "unit"));
  }

  private static LocalizedNumberFormatter formatter(Settings settings, RoundingMode rounding) {
    var formatter = NumberOptions.formatter(settings, rounding).locale(settings.locale());
    boolean isNamed = settings.is("currencyDisplay", "name");
    return isNamed && !canFormat(formatter) ? formatter.unitWidth(UnitWidth.SHORT) : formatter;
  }

  /**
   * ICU for Java can't write the name of a currency for which a locale has a pattern of its own,
   * such as the yen in Turkish: it throws.
   */
  private static boolean canFormat(LocalizedNumberFormatter formatter) {
    try {
      formatter.format(0);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  FormattedNumber format(Number number) {
    return formatter(number).format(number);
  }

  String parts(Number number) {
    return Parts.of(format(number), (position, text) -> name(position, text, number)).toJson();
  }

  FormattedNumberRange formatRange(Number start, Number end) {
    return range(start, end).formatRange(start, end);
  }

  String rangeParts(Number start, Number end) {
    return Parts.of(
            formatRange(start, end),
            (position, text) -> name(position, text, start),
            NumberFormatting::side)
        .joined()
        .toJsonWithSources();
  }

  private LocalizedNumberFormatter formatter(Number number) {
    return isNegative(number) ? negative : positive;
  }

  /** Ends that round alike share one formatter: only then does ICU write equal ends as one. */
  private LocalizedNumberRangeFormatter range(Number start, Number end) {
    var range =
        NumberRangeFormatter.withLocale(locale)
            .identityFallback(RangeIdentityFallback.APPROXIMATELY);
    var first = formatter(start).withoutLocale();
    return formatter(start).equals(formatter(end))
        ? range.numberFormatterBoth(first)
        : range.numberFormatterFirst(first).numberFormatterSecond(formatter(end).withoutLocale());
  }

  private Optional<String> name(ConstrainedFieldPosition position, String text, Number number) {
    if (!(position.getField() instanceof NumberFormat.Field field)) {
      return Optional.empty();
    }
    if (field == NumberFormat.Field.SIGN) {
      return Optional.of(text.contains("+") ? "plusSign" : "minusSign");
    }
    if (field == NumberFormat.Field.INTEGER && number instanceof Double value) {
      return Optional.of(value.isNaN() ? "nan" : value.isInfinite() ? "infinity" : "integer");
    }
    if (field == NumberFormat.Field.PERCENT && isUnit) {
      return Optional.of("unit");
    }
    return Optional.ofNullable(NAMES.get(field));
  }

  private static Optional<String> side(ConstrainedFieldPosition position, String text) {
    return position.getField() == NumberRangeFormatter.SpanField.NUMBER_RANGE_SPAN
        ? Optional.of(
            Integer.valueOf(0).equals(position.getFieldValue()) ? "startRange" : "endRange")
        : Optional.empty();
  }

  private static boolean isNegative(Number number) {
    return switch (number) {
      case Double value -> value < 0 || (value == 0 && 1 / value < 0);
      case BigInteger value -> value.signum() < 0;
      case BigDecimal value -> value.signum() < 0;
      default -> number.doubleValue() < 0;
    };
  }
}
