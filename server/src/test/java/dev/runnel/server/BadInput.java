package dev.runnel.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One case of {@code bad-input.txt}, whose head says how they are written. */
record BadInput(String what, String rule, String outcome, String bytes) {
  private static final Pattern REPEATED = Pattern.compile("\\{([^{}]*)\\*(\\d+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");

  static List<BadInput> all() throws IOException {
    try (InputStream in = BadInput.class.getResourceAsStream("/bad-input.txt")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<BadInput> parse(String text) {
    List<BadInput> cases = new ArrayList<>();
    for (String part : text.split("(?m)^== ")) {
      if (part.startsWith("#")) {
        continue;
      }
      List<String> lines = part.lines().filter(line -> !line.startsWith("#")).toList();
      String[] title = lines.getFirst().split(" \\| ", 3);
      String bytes = String.join("", lines.subList(1, lines.size()));
      cases.add(new BadInput(title[0], title[1], title[2], unescaped(repeated(bytes))));
    }
    return cases;
  }

  private static String repeated(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1).charAt(0)) {
                      case 'r' -> "\r";
                      case 'n' -> "\n";
                      case 't' -> "\t";
                      case '0' -> "\0";
                      case '\\' -> "\\";
                      case 'x' ->
                          Character.toString(Integer.parseInt(found.group(1).substring(1), 16));
                      default -> throw new IllegalArgumentException(found.group());
                    }));
  }

  @Override
  public String toString() {
    return what + " (" + rule + ")";
  }
}
