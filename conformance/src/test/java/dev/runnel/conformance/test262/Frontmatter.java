package dev.runnel.conformance.test262;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test says about itself between its {@code /*---} and {@code ---}.
 *
 * @see <a href="https://github.com/tc39/test262/blob/main/INTERPRETING.md">INTERPRETING.md</a>
 */
record Frontmatter(
    Set<String> flags, List<String> includes, Set<String> features, Optional<Negative> negative) {

  /** The error that a test has to end in. */
  record Negative(String phase, String type) {}

  private static final Pattern BLOCK = Pattern.compile("/\\*---(.*?)---\\*/", Pattern.DOTALL);
  private static final Pattern NEGATIVE =
      Pattern.compile("^negative:\\s*$\\n((?:^[ \\t]+.*$\\n?)+)", Pattern.MULTILINE);

  static Frontmatter of(String source) {
    Matcher block = BLOCK.matcher(source.replace("\r\n", "\n").replace('\r', '\n'));
    String yaml = block.find() ? block.group(1) : "";
    return new Frontmatter(
        Set.copyOf(list(yaml, "flags")),
        list(yaml, "includes"),
        Set.copyOf(list(yaml, "features")),
        negative(yaml));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** Either {@code key: [a, b]} or one {@code - a} a line. */
  private static List<String> list(String yaml, String key) {
    Matcher inline =
        Pattern.compile("^" + key + ":\\s*\\[([^\\]]*)\\]", Pattern.MULTILINE).matcher(yaml);
    if (inline.find()) {
      return words(inline.group(1).split(","));
    }
    Matcher block =
        Pattern.compile("^" + key + ":[ \\t]*\\n((?:^[ \\t]+- .*$\\n?)+)", Pattern.MULTILINE)
            .matcher(yaml);
    return block.find() ? words(block.group(1).replace("- ", "").split("\n")) : List.of();
  }

  private static List<String> words(String[] parts) {
    return Arrays.stream(parts)
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private static Optional<Negative> negative(String yaml) {
    Matcher block = NEGATIVE.matcher(yaml);
    return block.find()
        ? Optional.of(new Negative(value(block.group(1), "phase"), value(block.group(1), "type")))
        : Optional.empty();
  }

  private static String value(String yaml, String key) {
    Matcher line = Pattern.compile("^\\s+" + key + ":\\s*(\\S+)", Pattern.MULTILINE).matcher(yaml);
    return line.find() ? line.group(1) : "";
  }
}
