package dev.runnel.runtime.host.intl;

import com.google.gson.JsonObject;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;

/** {@code Intl.Collator}'s functions, and letter case by a language's rules. */
final class TextFunctions {
  private final FormatterCache cache;

  TextFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function("compare", this::compare)
        .function("describeCollator", args -> JsValue.of(describe(collator(args))))
        .function("toUpperCase", TextFunctions::toUpperCase)
        .function("toLowerCase", TextFunctions::toLowerCase);
  }

  private JsValue compare(Arguments args) {
    return JsValue.of(collator(args).compare(Texts.text(args, 1, "x"), Texts.text(args, 2, "y")));
  }

  private RuleBasedCollator collator(Arguments args) {
    return cache.get(RuleBasedCollator.class, args.string(0, "settings"), TextFunctions::collator);
  }

  private static RuleBasedCollator collator(Settings settings) {
    ULocale locale = settings.locale();
    RuleBasedCollator collator =
        (RuleBasedCollator)
            Collator.getInstance(
                settings.is("usage", "search")
                    ? locale.setKeywordValue("collation", "search")
                    : locale);
    collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
    collator.setNumericCollation(settings.flag("numeric"));
    settings.optional("caseFirst").ifPresent(first -> setCaseFirst(collator, first));
    settings.optional("sensitivity").ifPresent(level -> setSensitivity(collator, level));
    if (settings.has("ignorePunctuation")) {
      collator.setAlternateHandlingShifted(settings.flag("ignorePunctuation"));
    }
    return collator;
  }

  private static void setCaseFirst(RuleBasedCollator collator, String first) {
    switch (first) {
      case "upper" -> collator.setUpperCaseFirst(true);
      case "lower" -> collator.setLowerCaseFirst(true);
      case "false" -> {
        collator.setUpperCaseFirst(false);
        collator.setLowerCaseFirst(false);
      }
      default -> throw NumberOptions.unknown("caseFirst", first);
    }
  }

  private static void setSensitivity(RuleBasedCollator collator, String sensitivity) {
    switch (sensitivity) {
      case "base" -> collator.setStrength(Collator.PRIMARY);
      case "accent" -> collator.setStrength(Collator.SECONDARY);
      case "case" -> {
        collator.setStrength(Collator.PRIMARY);
        collator.setCaseLevel(true);
      }
      case "variant" -> collator.setStrength(Collator.TERTIARY);
      default -> throw NumberOptions.unknown("sensitivity", sensitivity);
    }
  }

  /** What is in effect, as JSON: some of it the locale decides. */
  private static String describe(RuleBasedCollator collator) {
    JsonObject json = new JsonObject();
    json.addProperty("sensitivity", sensitivity(collator));
    json.addProperty("ignorePunctuation", collator.isAlternateHandlingShifted());
    json.addProperty(
        "caseFirst",
        collator.isUpperCaseFirst() ? "upper" : collator.isLowerCaseFirst() ? "lower" : "false");
    return json.toString();
  }

  private static String sensitivity(RuleBasedCollator collator) {
    return switch (collator.getStrength()) {
      case Collator.PRIMARY -> collator.isCaseLevel() ? "case" : "base";
      case Collator.SECONDARY -> "accent";
      default -> "variant";
    };
  }

  private static JsValue toUpperCase(Arguments args) {
    ULocale locale = LocaleTags.locale(args.string(0, "locale"));
    return JsValue.of(UCharacter.toUpperCase(locale, Texts.text(args, 1, "text")));
  }

  private static JsValue toLowerCase(Arguments args) {
    ULocale locale = LocaleTags.locale(args.string(0, "locale"));
    return JsValue.of(UCharacter.toLowerCase(locale, Texts.text(args, 1, "text")));
  }
}
