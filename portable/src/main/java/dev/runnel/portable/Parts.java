package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of the runtime that are loaded when they are first used, and which of them a program
 * can use: those whose name or global is in its text, and what they need in turn.
 */
public final class Parts {
  /** The resource, beside this class: a line for each part, its name and those that it imports. */
  public static final String FILE = "parts.graph";

  private static final String PREFIX = "internal:boot/";

  /** Showing values is what errors and console do. */
  private static final Set<String> ALWAYS = Set.of("internal.inspect");

  /** What a program says that makes the runtime load a part of its own. */
  private static final Map<String, Pattern> TRIGGERS =
      Map.ofEntries(
          Map.entry("buffer", Pattern.compile("\\bBuffer\\b")),
          Map.entry("process", Pattern.compile("\\bprocess\\b")),
          Map.entry("fs", Pattern.compile("\\bchdir\\b")),
          Map.entry("internal.stdio", Pattern.compile("\\bstd(in|out|err)\\b")),
          Map.entry("internal.multipart", Pattern.compile("\\bformData\\b")),
          Map.entry("internal.scheme_fetch", Pattern.compile("(await|return|=|\\()\\s*fetch\\(")),
          Map.entry("internal.console_table", Pattern.compile("\\.table\\(")),
          Map.entry(
              "internal.cloner",
              Pattern.compile("\\b(structuredClone|postMessage|Message\\w+)\\b")),
          Map.entry(
              "internal.web.message_channel", Pattern.compile("\\bMessage(Channel|Port|Event)")),
          Map.entry("internal.web.url_pattern", Pattern.compile("\\bURLPattern\\b")),
          Map.entry("internal.web.performance", Pattern.compile("\\b[pP]erformance")));

  /** A module's name where it is imported, or the only argument of a call, such as require's. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*)[\"'`](?:node:)?([\\w:/]+)[\"'`]"
              + "|[\\w$\\])]\\s*(?:\\?\\.)?\\(\\s*[\"'`](?:node:)?([\\w:/]+)[\"'`]\\s*\\)");

  /** Marks, in the file, what a part loads later and only for some uses. */
  public static final String LATER = "?";

  private final Map<String, List<String>> imports = new TreeMap<>();

  private Parts(String graph) {
    for (String line : graph.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      imports.put(words.getFirst(), words.subList(1, words.size()));
    }
  }

  static Parts load() {
    try (InputStream in = Parts.class.getResourceAsStream(FILE)) {
      byte[] bytes = Objects.requireNonNull(in, FILE + " is missing; build again").readAllBytes();
      return new Parts(new String(bytes, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the modules that a program with these texts has no use for. */
  List<String> unneeded(Iterable<String> texts) {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(ALWAYS);
    texts.forEach(text -> open.addAll(named(text)));
    while (!open.isEmpty()) {
      String part = open.remove();
      if (imports.containsKey(part) && needed.add(part)) {
        imports.get(part).stream().flatMap(Parts::certain).forEach(open::add);
      }
    }
    return imports.keySet().stream()
        .filter(part -> !needed.contains(part))
        .map(part -> PREFIX + part)
        .toList();
  }

  /** What is loaded later is in the program's text itself, where that would show. */
  private static Stream<String> certain(String imported) {
    if (!imported.startsWith(LATER)) {
      return Stream.of(imported);
    }
    String part = imported.substring(LATER.length());
    return TRIGGERS.containsKey(part) ? Stream.empty() : Stream.of(part);
  }

  private static List<String> named(String text) {
    List<String> found = new ArrayList<>();
    TRIGGERS.forEach(
        (part, pattern) -> {
          if (pattern.matcher(text).find()) {
            found.add(part);
          }
        });
    REFERENCE
        .matcher(text)
        .results()
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .map(name -> name.replace(':', '.').replace('/', '.'))
        .forEach(found::add);
    return found;
  }
}
