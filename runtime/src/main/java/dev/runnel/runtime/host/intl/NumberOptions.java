package dev.runnel.runtime.host.intl;

import com.ibm.icu.number.FractionPrecision;
import com.ibm.icu.number.IntegerWidth;
import com.ibm.icu.number.Notation;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.GroupingStrategy;
import com.ibm.icu.number.NumberFormatter.RoundingPriority;
import com.ibm.icu.number.NumberFormatter.SignDisplay;
import com.ibm.icu.number.NumberFormatter.TrailingZeroDisplay;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.number.Scale;
import com.ibm.icu.number.UnlocalizedNumberFormatter;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import dev.runnel.engine.HostError;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The options of {@code Intl.NumberFormat} and {@code Intl.PluralRules} in ICU's terms. */
final class NumberOptions {
  /** As ECMA-402 limits them. */
  private static final int MAX_DIGITS = 21;

  private static final int MAX_FRACTION_DIGITS = 100;
  private static final int MAX_INCREMENT = 5000;

  /** What a rounding mode of ECMA-402 is for numbers from zero up, and for those below. */
  record Rounding(RoundingMode positive, RoundingMode negative) {
    private static Rounding both(RoundingMode mode) {
      return new Rounding(mode, mode);
    }
  }

  private NumberOptions() {}

  static Rounding rounding(Settings settings) {
    String mode = settings.text("roundingMode");
    return switch (mode) {
      case "ceil" -> Rounding.both(RoundingMode.CEILING);
      case "floor" -> Rounding.both(RoundingMode.FLOOR);
      case "expand" -> Rounding.both(RoundingMode.UP);
      case "trunc" -> Rounding.both(RoundingMode.DOWN);
      case "halfCeil" -> new Rounding(RoundingMode.HALF_UP, RoundingMode.HALF_DOWN);
      case "halfFloor" -> new Rounding(RoundingMode.HALF_DOWN, RoundingMode.HALF_UP);
      case "halfExpand" -> Rounding.both(RoundingMode.HALF_UP);
      case "halfTrunc" -> Rounding.both(RoundingMode.HALF_DOWN);
      case "halfEven" -> Rounding.both(RoundingMode.HALF_EVEN);
      default -> throw unknown("roundingMode", mode);
    };
  }

  static UnlocalizedNumberFormatter formatter(Settings settings, RoundingMode rounding) {
    return styled(digits(settings, rounding), settings)
        .notation(notation(settings))
        .sign(sign(settings))
        .grouping(grouping(settings));
  }

  private static UnlocalizedNumberFormatter digits(Settings settings, RoundingMode rounding) {
    return NumberFormatter.with()
        .roundingMode(rounding)
        .integerWidth(
            IntegerWidth.zeroFillTo(settings.integer("minimumIntegerDigits", 1, MAX_DIGITS)))
        .precision(
            settings.is("trailingZeroDisplay", "stripIfInteger")
                ? precision(settings).trailingZeroDisplay(TrailingZeroDisplay.HIDE_IF_WHOLE)
                : precision(settings));
  }

  /** What plural rules look at. */
  static UnlocalizedNumberFormatter plural(Settings settings, RoundingMode rounding) {
    return digits(settings, rounding).notation(notation(settings));
  }

  private static Precision precision(Settings settings) {
    String type = settings.text("roundingType");
    return switch (type) {
      case "significantDigits" ->
          Precision.minMaxSignificantDigits(minSignificant(settings), maxSignificant(settings));
      case "fractionDigits" ->
          settings.integer("roundingIncrement", 1, MAX_INCREMENT) == 1
              ? fraction(settings)
              : increment(settings);
      case "morePrecision" -> both(settings, RoundingPriority.RELAXED);
      case "lessPrecision" -> both(settings, RoundingPriority.STRICT);
      default -> throw unknown("roundingType", type);
    };
  }

  private static Precision both(Settings settings, RoundingPriority priority) {
    return fraction(settings)
        .withSignificantDigits(minSignificant(settings), maxSignificant(settings), priority);
  }

  private static FractionPrecision fraction(Settings settings) {
    int most = settings.integer("maximumFractionDigits", 0, MAX_FRACTION_DIGITS);
    return Precision.minMaxFraction(settings.integer("minimumFractionDigits", 0, most), most);
  }

  /**
   * The number of fraction digits is the increment's own: with an increment, least and most are the
   * same.
   */
  private static Precision increment(Settings settings) {
    int digits = settings.integer("maximumFractionDigits", 0, MAX_FRACTION_DIGITS);
    int increment = settings.integer("roundingIncrement", 1, MAX_INCREMENT);
    return Precision.increment(BigDecimal.valueOf(increment, digits));
  }

  private static int minSignificant(Settings settings) {
    return settings.integer("minimumSignificantDigits", 1, maxSignificant(settings));
  }

  private static int maxSignificant(Settings settings) {
    return settings.integer("maximumSignificantDigits", 1, MAX_DIGITS);
  }

  private static UnlocalizedNumberFormatter styled(
      UnlocalizedNumberFormatter formatter, Settings settings) {
    String style = settings.text("style");
    return switch (style) {
      case "decimal" -> formatter;
      case "percent" -> formatter.unit(MeasureUnit.PERCENT).scale(Scale.powerOfTen(2));
      case "currency" ->
          formatter
              .unit(Currency.getInstance(settings.text("currency")))
              .unitWidth(currencyWidth(settings.text("currencyDisplay")));
      case "unit" -> withUnit(formatter, settings);
      default -> throw unknown("style", style);
    };
  }

  private static UnlocalizedNumberFormatter withUnit(
      UnlocalizedNumberFormatter formatter, Settings settings) {
    String[] units = settings.text("unit").split("-per-", 2);
    var widened = formatter.unitWidth(unitWidth(settings.text("unitDisplay")));
    var unit = widened.unit(Available.unit(units[0]));
    return units.length == 1 ? unit : unit.perUnit(Available.unit(units[1]));
  }

  private static UnitWidth currencyWidth(String display) {
    return switch (display) {
      case "code" -> UnitWidth.ISO_CODE;
      case "symbol" -> UnitWidth.SHORT;
      case "narrowSymbol" -> UnitWidth.NARROW;
      case "name" -> UnitWidth.FULL_NAME;
      default -> throw unknown("currencyDisplay", display);
    };
  }

  private static UnitWidth unitWidth(String display) {
    return switch (display) {
      case "short" -> UnitWidth.SHORT;
      case "narrow" -> UnitWidth.NARROW;
      case "long" -> UnitWidth.FULL_NAME;
      default -> throw unknown("unitDisplay", display);
    };
  }

  private static Notation notation(Settings settings) {
    String notation = settings.text("notation");
    return switch (notation) {
      case "standard" -> Notation.simple();
      case "scientific" -> Notation.scientific();
      case "engineering" -> Notation.engineering();
      case "compact" ->
          settings.is("compactDisplay", "long") ? Notation.compactLong() : Notation.compactShort();
      default -> throw unknown("notation", notation);
    };
  }

  private static SignDisplay sign(Settings settings) {
    boolean accounting = settings.is("currencySign", "accounting");
    String display = settings.text("signDisplay");
    return switch (display) {
      case "auto" -> accounting ? SignDisplay.ACCOUNTING : SignDisplay.AUTO;
      case "never" -> SignDisplay.NEVER;
      case "always" -> accounting ? SignDisplay.ACCOUNTING_ALWAYS : SignDisplay.ALWAYS;
      case "exceptZero" ->
          accounting ? SignDisplay.ACCOUNTING_EXCEPT_ZERO : SignDisplay.EXCEPT_ZERO;
      case "negative" -> accounting ? SignDisplay.ACCOUNTING_NEGATIVE : SignDisplay.NEGATIVE;
      default -> throw unknown("signDisplay", display);
    };
  }

  private static GroupingStrategy grouping(Settings settings) {
    String grouping = settings.text("useGrouping");
    return switch (grouping) {
      case "false" -> GroupingStrategy.OFF;
      case "min2" -> GroupingStrategy.MIN2;
      case "auto" -> GroupingStrategy.AUTO;
      case "always" -> GroupingStrategy.ON_ALIGNED;
      default -> throw unknown("useGrouping", grouping);
    };
  }

  static HostError unknown(String setting, String value) {
    return HostError.type("", "The setting \"%s\" can't be \"%s\".", setting, value);
  }
}
