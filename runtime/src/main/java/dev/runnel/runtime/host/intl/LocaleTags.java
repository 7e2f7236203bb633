package dev.runnel.runtime.host.intl;

import com.ibm.icu.util.ULocale;
import dev.runnel.engine.HostError;
import java.util.Locale;
import java.util.Optional;

/** Unicode BCP 47 locale identifiers, canonical as UTS 35 has them. */
final class LocaleTags {
  static final int MAX_LENGTH = 500;

  private LocaleTags() {}

  /** The canonical form; empty when the tag isn't structurally valid. */
  static Optional<String> canonicalize(String tag) {
    if (tag.length() > MAX_LENGTH) {
      throw tooLong();
    }
    String lower = tag.toLowerCase(Locale.ROOT);
    if (!new TagSyntax(lower).isValid()) {
      return Optional.empty();
    }
    return Optional.of(ULocale.createCanonical(ULocale.forLanguageTag(lower)).toLanguageTag());
  }

  /** Takes any tag, canonical or not. */
  static ULocale locale(String tag) {
    if (tag.length() > MAX_LENGTH) {
      throw tooLong();
    }
    return ULocale.forLanguageTag(tag);
  }

  /** A value of a {@code -u-} key in its canonical form. */
  static String canonicalType(String key, String type) {
    String canonical = ULocale.toUnicodeLocaleType(key, type);
    return canonical == null ? type : canonical;
  }

  static String maximize(String tag) {
    return ULocale.addLikelySubtags(locale(tag)).toLanguageTag();
  }

  static String minimize(String tag) {
    return ULocale.minimizeSubtags(locale(tag)).toLanguageTag();
  }

  private static HostError tooLong() {
    return HostError.range("", "A language tag has at most %d characters.", MAX_LENGTH);
  }
}
