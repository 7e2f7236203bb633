package dev.runnel.runtime.host.intl;

import dev.runnel.engine.HostError;
import java.util.List;

/** A constructor of {@code Intl} by what ResolveLocale needs to know of it. */
enum Service {
  COLLATOR("Collator", List.of("co", "kf", "kn")),
  DATE_TIME_FORMAT("DateTimeFormat", List.of("ca", "hc", "nu")),
  DISPLAY_NAMES("DisplayNames", List.of()),
  DURATION_FORMAT("DurationFormat", List.of("nu")),
  LIST_FORMAT("ListFormat", List.of()),
  NUMBER_FORMAT("NumberFormat", List.of("nu")),
  PLURAL_RULES("PluralRules", List.of()),
  RELATIVE_TIME_FORMAT("RelativeTimeFormat", List.of("nu")),
  SEGMENTER("Segmenter", List.of());

  private final String constructor;
  private final List<String> extensionKeys;

  Service(String constructor, List<String> extensionKeys) {
    this.constructor = constructor;
    this.extensionKeys = extensionKeys;
  }

  static Service named(String constructor) {
    for (Service service : values()) {
      if (service.constructor.equals(constructor)) {
        return service;
      }
    }
    throw HostError.type("", "Intl has no constructor \"%s\".", constructor);
  }

  /** The keys of a tag's {@code -u-} extension that the service looks at, sorted. */
  List<String> extensionKeys() {
    return extensionKeys;
  }
}
