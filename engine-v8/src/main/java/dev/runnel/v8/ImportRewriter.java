package dev.runnel.v8;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * A file's text with {@code import()} and {@code import.meta} replaced by names, since V8 asks its
 * embedder for both and Javet doesn't answer. The names are as long as what they replace, so lines
 * and columns stay what they are.
 *
 * @param importName stands for the {@code import} of a call
 * @param metaName stands for {@code import.meta}
 * @param changed false when the text has neither
 */
record ImportRewriter(String text, String importName, String metaName, boolean changed) {
  /** Where a module gets its two names from; each file has its own module behind it. */
  static final String META_SPECIFIER = "engine:import";

  private static final Pattern CANDIDATE = Pattern.compile("\\bimport\\s*(?:[(.]|/[/*])");

  /** A module declares the names at its end, where the declaration moves nothing. */
  static ImportRewriter module(String text) {
    List<ImportScanner.Found> found = found(text);
    if (found.isEmpty()) {
      return unchanged(text);
    }
    int[] next = {0};
    String call = freeName(text, "$i%04d", () -> next[0]++);
    String meta = freeName(text, "$meta_%05d", () -> next[0]++);
    String declaration = "\nimport{%s,%s}from\"%s\";".formatted(call, meta, META_SPECIFIER);
    return new ImportRewriter(replaced(text, found, call, meta) + declaration, call, meta, true);
  }

  /**
   * A script has no way to declare a name for itself: the caller makes it a global of that name.
   *
   * @param numbers for names, each a new one
   */
  static ImportRewriter script(String text, IntSupplier numbers) {
    List<ImportScanner.Found> calls =
        found(text).stream().filter(it -> it.kind() == ImportScanner.Kind.CALL).toList();
    if (calls.isEmpty()) {
      return unchanged(text);
    }
    String call = freeName(text, "$i%04d", numbers);
    return new ImportRewriter(replaced(text, calls, call, ""), call, "", true);
  }

  private static ImportRewriter unchanged(String text) {
    return new ImportRewriter(text, "", "", false);
  }

  private static List<ImportScanner.Found> found(String text) {
    return CANDIDATE.matcher(text).find() ? ImportScanner.scan(text) : List.of();
  }

  private static String freeName(String text, String format, IntSupplier numbers) {
    String name;
    do {
      name = format.formatted(numbers.getAsInt());
    } while (text.contains(name));
    return name;
  }

  private static String replaced(
      String text, List<ImportScanner.Found> found, String call, String meta) {
    StringBuilder replaced = new StringBuilder(text.length());
    int copied = 0;
    for (ImportScanner.Found it : found) {
      String name = it.kind() == ImportScanner.Kind.CALL ? call : meta;
      replaced.append(text, copied, it.start()).append(name);
      pad(text.substring(it.start(), it.end()), name.length(), replaced);
      copied = it.end();
    }
    return replaced.append(text, copied, text.length()).toString();
  }

  /** Keeps the length of what was replaced or, if it spans lines, their number. */
  private static void pad(String original, int written, StringBuilder replaced) {
    long lineEnds = original.chars().filter(c -> c == '\n').count();
    replaced.repeat(' ', lineEnds > 0 ? 0 : original.length() - written);
    replaced.repeat('\n', (int) lineEnds);
  }
}
