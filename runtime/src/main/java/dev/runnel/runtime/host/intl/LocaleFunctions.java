package dev.runnel.runtime.host.intl;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Locality;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code Intl.getCanonicalLocales}, {@code Intl.Locale} and all constructors ask of locales.
 */
final class LocaleFunctions {
  /** A list of requested locales, with spaces between. */
  private static final int MAX_LIST_LENGTH = 100_000;

  private final Locality defaults;

  LocaleFunctions(Locality defaults) {
    this.defaults = defaults;
  }

  void addTo(HostModule module) {
    module
        .function("defaultLocale", _ -> JsValue.of(defaultLocale()))
        .function("defaultTimeZone", _ -> JsValue.of(defaultTimeZone()))
        .function("canonicalTag", LocaleFunctions::canonicalTag)
        .function("canonicalType", LocaleFunctions::canonicalType)
        .function("resolveLocale", LocaleFunctions::resolve)
        .function("supportedLocales", LocaleFunctions::supported)
        .function("supportedValues", args -> words(Available.values(args.string(0, "key"))))
        .function("maximize", args -> JsValue.of(LocaleTags.maximize(tag(args))))
        .function("minimize", args -> JsValue.of(LocaleTags.minimize(tag(args))))
        .function("localeValues", LocaleFunctions::localeValues)
        .function("weekInfo", args -> JsValue.of(LocaleData.weekInfo(tag(args))))
        .function("isRightToLeft", args -> JsValue.of(LocaleData.isRightToLeft(tag(args))))
        .function("timeZone", LocaleFunctions::timeZone);
  }

  /** A language that is not to be had is no default. */
  private String defaultLocale() {
    return LocaleTags.canonicalize(defaults.locale())
        .filter(tag -> Matching.of(Service.COLLATOR).isSupported(tag))
        .orElse(Locality.DEFAULT.locale());
  }

  private String defaultTimeZone() {
    return TimeZones.canonical(defaults.zone().getId()).orElse(Locality.DEFAULT.zone().getId());
  }

  private static JsValue canonicalTag(Arguments args) {
    return LocaleTags.canonicalize(args.string(0, "tag"))
        .map(JsValue::of)
        .orElse(JsValue.UNDEFINED);
  }

  private static JsValue canonicalType(Arguments args) {
    return JsValue.of(LocaleTags.canonicalType(args.string(0, "key"), args.string(1, "type")));
  }

  private static JsValue resolve(Arguments args) {
    Settings options = Settings.parse(args.string(2, "options"));
    var resolution =
        LocaleResolution.of(Service.named(args.string(0, "service")), list(args, 1), options);
    return JsValue.of(resolution.toJson());
  }

  private static JsValue supported(Arguments args) {
    Service service = Service.named(args.string(0, "service"));
    return words(
        list(args, 1).stream().filter(tag -> Matching.of(service).isSupported(tag)).toList());
  }

  private static JsValue localeValues(Arguments args) {
    return words(LocaleData.values(tag(args), args.string(1, "what")));
  }

  private static JsValue timeZone(Arguments args) {
    return TimeZones.canonical(args.string(0, "id")).map(JsValue::of).orElse(JsValue.UNDEFINED);
  }

  private static String tag(Arguments args) {
    return args.string(0, "tag");
  }

  private static List<String> list(Arguments args, int index) {
    String joined = args.string(index, "locales");
    if (joined.length() > MAX_LIST_LENGTH) {
      throw HostError.range("", "A list of locales has at most %d characters.", MAX_LIST_LENGTH);
    }
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" "));
  }

  private static JsValue words(List<String> words) {
    return JsValue.of(words.stream().collect(Collectors.joining(" ")));
  }
}
