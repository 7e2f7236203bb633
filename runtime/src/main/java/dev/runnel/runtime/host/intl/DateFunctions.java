package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;

/**
 * {@code Intl.DateTimeFormat}'s functions. Times are milliseconds since 1970 within ECMAScript's
 * range.
 */
final class DateFunctions {
  private static final long MAX_TIME = 8_640_000_000_000_000L;

  private final FormatterCache cache;

  DateFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function("describeDates", args -> JsValue.of(format(args).describe()))
        .function("formatDate", args -> JsValue.of(format(args).format(time(args, 1))))
        .function("dateParts", args -> JsValue.of(format(args).parts(time(args, 1))))
        .function(
            "formatDateRange",
            args -> JsValue.of(format(args).formatRange(time(args, 1), time(args, 2))))
        .function(
            "dateRangeParts",
            args -> JsValue.of(format(args).rangeParts(time(args, 1), time(args, 2))))
        .function("timeSeparator", DateFunctions::timeSeparator);
  }

  private static JsValue timeSeparator(Arguments args) {
    ULocale locale = LocaleTags.locale(args.string(0, "locale"));
    return JsValue.of(DateFormatSymbols.getInstance(locale).getTimeSeparatorString());
  }

  private DateFormatting format(Arguments args) {
    return cache.get(DateFormatting.class, args.string(0, "settings"), DateFormatting::of);
  }

  private static long time(Arguments args, int index) {
    return args.wholeNumber(index, "date", -MAX_TIME, MAX_TIME);
  }
}
