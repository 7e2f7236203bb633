package dev.runnel.runtime.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a module imports what, for errors of linking, which name no line themselves. */
final class ImportSites {
  /** Groups: the names with their braces, the specifier's quote, the (blanked out) specifier. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?<![\\w$.])(?:import\\s*|(?:import|export)\\b([\\w$\\s{},*]{0,1000})\\bfrom\\s*"
              + "|import\\s*\\(\\s*)([\"'])(\\s*)\\2");

  private static final Pattern NAME = Pattern.compile("[\\w$]+(?:\\s+as\\s+[\\w$]+)?");

  /** A word of the text, and the specifier of the import that it belongs to. */
  record Site(String specifier, String word, int line, int column) {}

  private ImportSites() {}

  /** Where a specifier is first imported. */
  static Optional<Site> ofSpecifier(String source, String specifier) {
    return imports(source).stream()
        .map(found -> site(source, found, found.start(2), specifier(source, found)))
        .filter(site -> site.specifier().equals(specifier))
        .findFirst();
  }

  /** What is imported, in the order of the text. */
  static List<String> specifiers(String source) {
    return imports(source).stream().map(found -> specifier(source, found)).toList();
  }

  /** All imported names; a default import is called {@code default}. */
  static List<Site> ofNames(String source) {
    List<Site> sites = new ArrayList<>();
    for (MatchResult found : imports(source)) {
      if (found.group(1) != null) {
        addNames(source, found, sites);
      }
    }
    return sites;
  }

  private static void addNames(String source, MatchResult found, List<Site> sites) {
    int brace = found.group(1).indexOf('{');
    Matcher name = NAME.matcher(found.group(1));
    while (name.find()) {
      boolean isNamed = brace >= 0 && name.start() > brace;
      String word = isNamed ? name.group().split("\\s", 2)[0] : "default";
      sites.add(site(source, found, found.start(1) + name.start(), word));
    }
  }

  private static List<MatchResult> imports(String source) {
    return IMPORT.matcher(SyntaxDetection.withoutCommentsAndStrings(source)).results().toList();
  }

  private static String specifier(String source, MatchResult found) {
    return source.substring(found.start(3), found.end(3));
  }

  private static Site site(String source, MatchResult found, int at, String word) {
    String before = source.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Site(specifier(source, found), word, line, at - before.lastIndexOf('\n'));
  }
}
