package dev.runnel.runtime.host.intl;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Locality;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Backs {@code Intl} and the locale-sensitive methods where the engine has none of its own; its
 * JavaScript half is {@code js/internal/intl}, which reads options and keeps to ECMA-402's shapes.
 *
 * <p>Holds nothing that a program made: each call brings all settings as text, and formatters that
 * were built from the same text before are taken from a bounded cache. So objects of a snapshot go
 * on working in another isolate.
 *
 * <p>Called on the isolate's thread.
 */
public final class IntlHost {
  /** Known before the classes that have them are loaded: most programs use none. */
  private static final List<String> FUNCTIONS =
      List.of(
          "breaks",
          "canonicalTag",
          "canonicalType",
          "compare",
          "currencyDigits",
          "dateParts",
          "dateRangeParts",
          "defaultLocale",
          "defaultTimeZone",
          "describeCollator",
          "describeDates",
          "displayName",
          "formatDate",
          "formatDateRange",
          "formatList",
          "formatNumber",
          "formatNumberRange",
          "isRightToLeft",
          "listParts",
          "localeValues",
          "maximize",
          "minimize",
          "numberParts",
          "numberRangeParts",
          "pluralCategories",
          "relativeTime",
          "relativeTimeParts",
          "resolveLocale",
          "selectPlural",
          "selectPluralRange",
          "supportedLocales",
          "supportedValues",
          "timeSeparator",
          "timeZone",
          "toLowerCase",
          "toUpperCase",
          "weekInfo");

  /** By any isolate: the first call of a function loads most of its classes. */
  private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

  private final Locality defaults;
  private Optional<Map<String, HostFunction>> functions = Optional.empty();

  public IntlHost(Locality defaults) {
    this.defaults = defaults;
  }

  public HostModule module() {
    HostModule module = HostModule.named("intl");
    FUNCTIONS.forEach(name -> module.function(name, args -> call(name, args)));
    return module;
  }

  private JsValue call(String name, Arguments args) {
    Supplier<JsValue> work = () -> Refusals.told(() -> function(name).call(args));
    return CALLED.add(name) ? WholeStack.call(work) : work.get();
  }

  private HostFunction function(String name) {
    return Objects.requireNonNull(functions().get(name));
  }

  private Map<String, HostFunction> functions() {
    return functions.orElseGet(
        () -> {
          Map<String, HostFunction> made = implementation(defaults).functions();
          functions = Optional.of(made);
          return made;
        });
  }

  /** The functions themselves. */
  static HostModule implementation(Locality defaults) {
    HostModule module = HostModule.named("intl");
    FormatterCache cache = new FormatterCache();
    new LocaleFunctions(defaults).addTo(module);
    new NumberFunctions(cache).addTo(module);
    new PluralFunctions(cache).addTo(module);
    new DateFunctions(cache).addTo(module);
    new TextFunctions(cache).addTo(module);
    new SegmentFunctions(cache).addTo(module);
    new RelativeTimeFunctions(cache).addTo(module);
    new NameFunctions(cache).addTo(module);
    return module;
  }
}
