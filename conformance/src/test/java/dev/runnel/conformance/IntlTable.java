package dev.runnel.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How many rows of the tables in {@code conformance/intl} are as Node's ICU answers, by API and
 * locale and by API and time zone, and what differs.
 */
final class IntlTable {
  /** As in {@code support.mjs}. */
  private static final List<String> LOCALES =
      List.of(
          "en-US", "de-DE", "fr-FR", "ja-JP", "ar-EG", "hi-IN", "zh-CN", "pt-BR", "tr-TR", "th-TH");

  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia");

  private static final String OTHERS = "others";

  /**
   * A line of {@code differences.txt}.
   *
   * @param key of a row, with * for any text
   * @param reason the comment above it
   */
  record Difference(String engine, String key, String reason) {
    boolean covers(String row) {
      String[] pieces = key.split("\\*", -1);
      int at = pieces[0].length();
      if (!row.startsWith(pieces[0])) {
        return false;
      }
      for (int i = 1; i < pieces.length; i++) {
        boolean isLast = i == pieces.length - 1;
        int found = isLast ? row.length() - pieces[i].length() : row.indexOf(pieces[i], at);
        if (found < at || !row.startsWith(pieces[i], found)) {
          return false;
        }
        at = found + pieces[i].length();
      }
      return at == row.length();
    }
  }

  private final List<Difference> differences;

  /** Whether it is as Node's, by the row's key. */
  private final Map<String, Boolean> rows = new LinkedHashMap<>();

  IntlTable(List<Difference> differences) {
    this.differences = differences;
  }

  void add(String key, boolean isNodes) {
    rows.put(key, isNodes);
  }

  void print() {
    List<String> apis = rows.keySet().stream().map(IntlTable::api).distinct().toList();
    printPart(apis, LOCALES, (key, locale) -> place(key).equals(locale));
    printPart(apis, ZONES, (key, zone) -> List.of(key.split(" ")).contains(zone));
    System.out.printf("intl: %s on %s%n", cell(_ -> true), Project.ENGINE);
    printDifferences();
  }

  private static String api(String key) {
    return key.split(" ", 2)[0];
  }

  private static String place(String key) {
    return Stream.of(key.split(" ")).filter(LOCALES::contains).findFirst().orElse(OTHERS);
  }

  /** One line for each API that has rows in the columns. */
  private void printPart(
      List<String> apis, List<String> columns, BiPredicate<String, String> isIn) {
    System.out.printf("intl: %-24s", "rows as Node's");
    columns.forEach(column -> System.out.printf(" %16s", column));
    System.out.printf(" %16s%n", OTHERS);
    for (String api : apis) {
      Predicate<String> ofApi = key -> api(key).equals(api);
      Predicate<String> inColumns =
          key -> columns.stream().anyMatch(column -> isIn.test(key, column));
      if (rows.keySet().stream().noneMatch(ofApi.and(inColumns))) {
        continue;
      }
      System.out.printf("intl: %-24s", api);
      for (String column : columns) {
        System.out.printf(" %16s", cell(ofApi.and(key -> isIn.test(key, column))));
      }
      System.out.printf(" %16s%n", cell(ofApi.and(inColumns.negate())));
    }
  }

  /** {@code 140 of 144}. */
  private String cell(Predicate<String> isIn) {
    List<String> inside = rows.keySet().stream().filter(isIn).toList();
    long equal = inside.stream().filter(key -> rows.getOrDefault(key, false)).count();
    return inside.isEmpty() ? "" : "%d of %d".formatted(equal, inside.size());
  }

  private void printDifferences() {
    for (Difference difference : differences) {
      long covered = differing().filter(difference::covers).count();
      System.out.printf(
          "intl: %d differ: %s: %s%n", covered, difference.key(), difference.reason());
    }
    differing()
        .filter(key -> differences.stream().noneMatch(difference -> difference.covers(key)))
        .forEach(key -> System.out.printf("intl: differs without a reason: %s%n", key));
  }

  private Stream<String> differing() {
    return rows.keySet().stream().filter(key -> !rows.getOrDefault(key, false));
  }
}
