package dev.runnel.runtime.host.intl;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/** {@code Intl.NumberFormat}'s functions. */
final class NumberFunctions {
  /** ICU takes time in the square of the number of digits: this many take some 50 ms. */
  static final int MAX_DIGITS = 10_000;

  private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(MAX_DIGITS);

  private final FormatterCache cache;

  NumberFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function(
            "currencyDigits",
            args -> JsValue.of(Available.currencyDigits(args.string(0, "currency"))))
        .function(
            "formatNumber", args -> JsValue.of(format(args).format(number(args, 1)).toString()))
        .function("numberParts", args -> JsValue.of(format(args).parts(number(args, 1))))
        .function(
            "formatNumberRange",
            args ->
                JsValue.of(format(args).formatRange(number(args, 1), number(args, 2)).toString()))
        .function(
            "numberRangeParts",
            args -> JsValue.of(format(args).rangeParts(number(args, 1), number(args, 2))));
  }

  private NumberFormatting format(Arguments args) {
    return cache.get(NumberFormatting.class, args.string(0, "settings"), NumberFormatting::of);
  }

  /** A number, a bigint, or a string with a decimal number. */
  static Number number(Arguments args, int index) {
    return switch (args.at(index)) {
      case JsValue.Num(double number) -> number;
      case JsValue.BigInt(BigInteger number) -> checked(number);
      case JsValue.Str(String decimal) -> decimal(decimal);
      case JsValue other ->
          throw HostError.type("", "A number was expected, not %s.", other.typeName());
    };
  }

  private static BigInteger checked(BigInteger number) {
    if (number.abs().compareTo(TOO_LARGE) >= 0) {
      throw tooLong();
    }
    return number;
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > MAX_DIGITS) {
      throw tooLong();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) > MAX_DIGITS) {
        throw tooLong();
      }
      return number;
    } catch (NumberFormatException e) {
      throw HostError.type("", "The text is no decimal number.");
    }
  }

  private static HostError tooLong() {
    return HostError.range("", "Intl formats numbers of at most %d digits.", MAX_DIGITS);
  }
}
