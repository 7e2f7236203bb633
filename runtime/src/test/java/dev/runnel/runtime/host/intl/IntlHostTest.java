package dev.runnel.runtime.host.intl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Locality;
import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a guest can ask of {@code host:intl}, corrupted guests included. */
class IntlHostTest {
  private static final String PLAIN =
      """
      {"locale":"de-DE","style":"decimal","notation":"standard","signDisplay":"auto","useGrouping":"auto",
       "minimumIntegerDigits":1,"minimumFractionDigits":0,"maximumFractionDigits":3,"roundingIncrement":1,
       "roundingType":"fractionDigits","roundingMode":"halfExpand"}
      """;

  private final HostModule module = new IntlHost(Locality.DEFAULT).module();

  @Test
  void everyFunctionThatIsNamedIsThere() {
    assertThat(module.functions().keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntlHost.implementation(Locality.DEFAULT).functions().keySet());
  }

  @Test
  void formattersAreMadeAgainOnceTheyAreForgotten() {
    FormatterCache cache = new FormatterCache();
    for (int i = 0; i < 3 * FormatterCache.MAX_FORMATTERS; i++) {
      cache.get(String.class, "{\"number\":" + i + "}", settings -> settings.text("number"));
    }

    assertThat(cache.size()).isEqualTo(FormatterCache.MAX_FORMATTERS);
    assertThat(cache.get(String.class, "{\"number\":0}", settings -> settings.text("number")))
        .isEqualTo("0");
  }

  @Test
  void numbersOfMoreDigitsThanTheLimitAreRefused() {
    BigInteger longest = BigInteger.TEN.pow(NumberFunctions.MAX_DIGITS - 1);

    assertThat(text("formatNumber", JsValue.of(PLAIN), new JsValue.BigInt(longest)))
        .hasSizeGreaterThan(NumberFunctions.MAX_DIGITS);
    assertRefused(
        "at most 10000 digits",
        "formatNumber",
        JsValue.of(PLAIN),
        new JsValue.BigInt(longest.multiply(BigInteger.TEN).negate()));
    assertRefused(
        "at most 10000 digits", "formatNumber", JsValue.of(PLAIN), JsValue.of("1e999999999"));
    assertRefused(
        "at most 10000 digits", "formatNumber", JsValue.of(PLAIN), JsValue.of("1e-999999999"));
    assertRefused(
        "at most 10000 digits",
        "formatNumber",
        JsValue.of(PLAIN),
        JsValue.of("1".repeat(NumberFunctions.MAX_DIGITS + 1)));
  }

  @Test
  void textsListsTagsAndSettingsAreLimited() {
    JsValue tooLong = JsValue.of("a".repeat(Texts.MAX_LENGTH + 1));
    JsValue words = JsValue.of("{\"locale\":\"en\",\"granularity\":\"word\"}");
    JsValue list = JsValue.of("{\"locale\":\"en\",\"type\":\"unit\",\"style\":\"long\"}");

    assertRefused("at most 4194304 characters", "breaks", words, tooLong);
    assertRefused("at most 4194304 characters", "toUpperCase", JsValue.of("tr"), tooLong);
    assertRefused("at most 500 characters", "canonicalTag", tooLong);
    assertRefused("at most 500 characters", "maximize", tooLong);
    assertRefused("at most 4096 characters", "formatNumber", tooLong, JsValue.of(1));
    assertRefused(
        "at most 100000 elements",
        "formatList",
        list,
        JsValue.of("[" + "\"\",".repeat(100_000) + "\"\"]"));
  }

  @Test
  void settingsThatMakeNoSenseAreTheGuestsMistake() {
    assertThatThrownBy(() -> text("formatNumber", JsValue.of("{"), JsValue.of(1)))
        .isInstanceOf(HostError.class);
    assertThatThrownBy(() -> text("formatNumber", JsValue.of("[]"), JsValue.of(1)))
        .isInstanceOf(HostError.class);
    assertThatThrownBy(
            () ->
                text(
                    "formatNumber",
                    JsValue.of(PLAIN.replace("decimal", "nonsense")),
                    JsValue.of(1)))
        .isInstanceOf(HostError.class)
        .hasMessage("The setting \"style\" can't be \"nonsense\".");
    assertThatThrownBy(() -> text("formatDate", JsValue.of("{\"locale\":\"en\"}"), JsValue.of(0)))
        .isInstanceOf(HostError.class)
        .hasMessage("The setting \"timeZone\" is missing.");
    assertThatThrownBy(() -> text("formatDate", JsValue.of("{}"), JsValue.of(Double.NaN)))
        .isInstanceOf(HostError.class);
  }

  @Test
  void tagsAreCheckedBeforeTheyAreMadeCanonical() {
    assertThat(text("canonicalTag", JsValue.of("ZH-hant-tw"))).isEqualTo("zh-Hant-TW");
    assertThat(call("canonicalTag", JsValue.of("en_US"))).isEqualTo(JsValue.UNDEFINED);
    assertThat(call("canonicalTag", JsValue.of("de-1996-1996"))).isEqualTo(JsValue.UNDEFINED);
    assertThat(call("canonicalTag", JsValue.of("en-u"))).isEqualTo(JsValue.UNDEFINED);
    assertThat(call("canonicalTag", JsValue.of("-"))).isEqualTo(JsValue.UNDEFINED);
  }

  private void assertRefused(String limit, String function, JsValue... arguments) {
    assertThatThrownBy(() -> call(function, arguments))
        .isInstanceOf(HostError.class)
        .hasMessageContaining(limit);
  }

  private String text(String function, JsValue... arguments) {
    return ((JsValue.Str) call(function, arguments)).value();
  }

  private JsValue call(String function, JsValue... arguments) {
    return Objects.requireNonNull(module.functions().get(function)).call(Arguments.of(arguments));
  }
}
