package dev.runnel.image.jvm;

import dev.runnel.image.oci.ImageException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image has of ICU, for {@code Intl}: nothing that no program can ask for, and of the rest
 * all languages, or English and some others.
 *
 * @param languages as ISO 639 codes; none stands for all
 */
public record IntlData(Set<String> languages) {
  public static final IntlData ALL = new IntlData(Set.of());

  private static final String ROOT = "com/ibm/icu/";
  private static final String DATA = ROOT + "impl/data/icudata/";

  /**
   * Transliteration, names of characters, checks of spoofing, MessageFormat 2, durations of old.
   */
  private static final List<String> NEVER =
      List.of(
          DATA + "translit/",
          DATA + "unames.icu",
          DATA + "confusables.cfu",
          ROOT + "message2/",
          ROOT + "impl/duration/");

  /** A language, and what a language's texts are in turn: script, region, variant. */
  private static final Pattern OF_A_LOCALE =
      Pattern.compile(DATA + "(?:\\w+/)?([a-z]{2,3})(?:_[A-Z]\\w*)?\\.res");

  /** Where words end in languages that write none of their ends. */
  private static final Map<String, Set<String>> DICTIONARIES =
      Map.of(
          DATA + "brkitr/cjdict.dict", Set.of("ja", "yue", "zh"),
          DATA + "brkitr/burmesedict.dict", Set.of("my"),
          DATA + "brkitr/khmerdict.dict", Set.of("km"),
          DATA + "brkitr/laodict.dict", Set.of("lo"),
          DATA + "brkitr/thaidict.dict", Set.of("th"));

  /** Has the data of another. */
  private static final Map<String, String> INCLUDES = Map.of("nb", "no", "nn", "no");

  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

  public IntlData {
    languages = Set.copyOf(languages);
  }

  /** English and those. */
  public static IntlData of(Collection<String> languages) throws ImageException {
    Set<String> all = new TreeSet<>(Set.of("en"));
    for (String language : languages) {
      if (!CODE.matcher(language).matches()) {
        throw new ImageException(
            "\"%s\" is no language as ISO 639 writes it, such as en or de.", language);
      }
      all.add(language);
      all.add(INCLUDES.getOrDefault(language, language));
    }
    return new IntlData(all);
  }

  /** Whether a file of a jar is wanted; whatever isn't ICU's is. */
  boolean keeps(String file) {
    if (!file.startsWith(ROOT)) {
      return true;
    }
    if (NEVER.stream().anyMatch(file::startsWith)) {
      return false;
    }
    Matcher locale = OF_A_LOCALE.matcher(file);
    return languages.isEmpty()
        || (locale.matches()
            ? languages.contains(locale.group(1))
            : DICTIONARIES.getOrDefault(file, languages).stream().anyMatch(languages::contains));
  }

  /** A language that ICU doesn't know would be a name without data. */
  void check(Collection<Path> jars) throws java.io.IOException, ImageException {
    for (String language : new TreeSet<>(languages)) {
      boolean isKnown = false;
      for (Path jar : jars) {
        isKnown |= Jars.has(jar, DATA + language + ".res");
      }
      if (!isKnown) {
        throw new ImageException("Intl knows no language %s.", language);
      }
    }
  }

  @Override
  public String toString() {
    return String.join(",", new TreeSet<>(languages));
  }
}
