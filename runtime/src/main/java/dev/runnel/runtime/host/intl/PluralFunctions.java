package dev.runnel.runtime.host.intl;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberRangeFormatter;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code Intl.PluralRules}' functions. */
final class PluralFunctions {
  private static final List<String> ORDER = List.of("zero", "one", "two", "few", "many", "other");

  private final FormatterCache cache;

  PluralFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function("selectPlural", this::select)
        .function("selectPluralRange", this::selectRange)
        .function("pluralCategories", this::categories);
  }

  /** The category depends on the digits that would be shown. */
  private record Plurals(ULocale locale, PluralRules rules, LocalizedNumberFormatter numbers) {
    static Plurals of(Settings settings) {
      ULocale locale = settings.locale();
      var type =
          settings.is("type", "ordinal")
              ? PluralRules.PluralType.ORDINAL
              : PluralRules.PluralType.CARDINAL;
      var rounding = NumberOptions.rounding(settings).positive();
      return new Plurals(
          locale,
          PluralRules.forLocale(locale, type),
          NumberOptions.plural(settings, rounding).locale(locale));
    }
  }

  private JsValue select(Arguments args) {
    Plurals plurals = plurals(args);
    var formatted = plurals.numbers().format(NumberFunctions.number(args, 1));
    return JsValue.of(plurals.rules().select(formatted));
  }

  private JsValue selectRange(Arguments args) {
    Plurals plurals = plurals(args);
    var range =
        NumberRangeFormatter.withLocale(plurals.locale())
            .numberFormatterBoth(plurals.numbers().withoutLocale())
            .formatRange(NumberFunctions.number(args, 1), NumberFunctions.number(args, 2));
    return JsValue.of(plurals.rules().select(range));
  }

  private JsValue categories(Arguments args) {
    Set<String> keywords = plurals(args).rules().getKeywords();
    return JsValue.of(ORDER.stream().filter(keywords::contains).collect(Collectors.joining(" ")));
  }

  private Plurals plurals(Arguments args) {
    return cache.get(Plurals.class, args.string(0, "settings"), Plurals::of);
  }
}
