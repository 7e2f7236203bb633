package dev.runnel.image.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ULocale;
import dev.runnel.image.oci.ImageException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntlDataTest {
  private static final String DATA = "com/ibm/icu/impl/data/icudata/";

  @TempDir private Path folder = Path.of("");

  private static Path icu() throws Exception {
    return Path.of(ULocale.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @CsvSource({
    "de.res, true",
    "en_GB.res, true",
    "curr/de_AT.res, true",
    "no.res, true",
    "lang/zh_Hant_HK.res, false",
    "fr.res, false",
    "zone/tzdbNames.res, true",
    "root.res, true",
    "pool.res, true",
    "metaZones.res, true",
    "brkitr/thaidict.dict, false",
    "brkitr/cjdict.dict, true",
    "brkitr/word.brk, true",
    "unames.icu, false",
    "translit/root.res, false"
  })
  void someLanguagesAreKeptAndWhatAllNeed(String file, boolean kept) throws Exception {
    IntlData data = IntlData.of(List.of("de", "nb", "ja"));

    assertThat(data.keeps(DATA + file)).isEqualTo(kept);
  }

  @Test
  void ofOthersNothingIsLeftOut() throws Exception {
    assertThat(IntlData.of(List.of()).keeps("org/example/fr.res")).isTrue();
    assertThat(IntlData.ALL.keeps(DATA + "fr.res")).isTrue();
    assertThat(IntlData.ALL.keeps(DATA + "translit/root.res")).isFalse();
  }

  @Test
  void whatIsNoLanguageIsOneSentence() throws Exception {
    assertThatThrownBy(() -> IntlData.of(List.of("de-AT")))
        .isInstanceOf(ImageException.class)
        .hasMessage("\"de-AT\" is no language as ISO 639 writes it, such as en or de.");
    assertThatThrownBy(() -> IntlData.of(List.of("xx")).check(List.of(icu())))
        .isInstanceOf(ImageException.class)
        .hasMessage("Intl knows no language xx.");
  }

  /** The library itself, with what is left of its data. */
  @Test
  void whatIsLeftFormats() throws Exception {
    Path jar = folder.resolve("icu.jar");
    Jars.write(icu(), IntlData.of(List.of("de"))::keeps, jar);

    assertThat(Files.size(jar)).isLessThan(Files.size(icu()));
    assertThat(formatted(jar, "de")).isEqualTo("1.234.567,5");
    assertThat(formatted(jar, "en-IN")).isEqualTo("12,34,567.5");
  }

  private static String formatted(Path jar, String tag) throws Exception {
    URL[] urls = {jar.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> locale = loader.loadClass(ULocale.class.getName());
      Object of = locale.getMethod("forLanguageTag", String.class).invoke(null, tag);
      Class<?> format = loader.loadClass("com.ibm.icu.text.NumberFormat");
      Object formatter = format.getMethod("getInstance", locale).invoke(null, of);
      return (String) format.getMethod("format", double.class).invoke(formatter, 1_234_567.5);
    }
  }
}
