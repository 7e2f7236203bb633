package dev.runnel.runtime.error;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rewrites a guest's stack: frames of our own built-ins are left out, those of bundled files are
 * shown where their author wrote them.
 *
 * <p>Confined to the loop thread.
 */
public final class StackTraces {
  private static final Pattern POSITION =
      Pattern.compile("([^\\s()]+):(\\d{1,9}):(\\d{1,9})(\\)?)$");
  private static final Pattern MAP_URL =
      Pattern.compile("(?m)^//[#@] sourceMappingURL=(\\S+)\\s*$");
  private static final String INLINE = "data:application/json";

  private final Function<String, Optional<String>> readText;
  private final Map<String, Optional<SourceMap>> maps = new HashMap<>();

  /**
   * @param readText the text of a file that the program may import, by name
   */
  public StackTraces(Function<String, Optional<String>> readText) {
    this.readText = readText;
  }

  /** The program's own frames. */
  public String rewrite(String stack) {
    return stack
        .lines()
        .filter(line -> line.stripLeading().startsWith("at "))
        .filter(line -> !line.contains("internal:boot") && !line.contains("(native)"))
        .map(this::rewriteLine)
        .collect(Collectors.joining("\n"));
  }

  private String rewriteLine(String line) {
    Matcher position = POSITION.matcher(line);
    if (!position.find()) {
      return line;
    }
    String file = position.group(1).replaceFirst("^file://", "");
    return original(file, Integer.parseInt(position.group(2)), Integer.parseInt(position.group(3)))
        .map(found -> line.substring(0, position.start()) + shown(found) + position.group(4))
        .orElse(line);
  }

  private static String shown(SourceMap.Position position) {
    return position.source() + ":" + position.line() + ":" + position.column();
  }

  private Optional<SourceMap.Position> original(String file, int line, int column) {
    return maps.computeIfAbsent(file, this::load)
        .flatMap(map -> map.find(line, column))
        .map(found -> beside(file, found));
  }

  private static SourceMap.Position beside(String file, SourceMap.Position found) {
    if (found.source().contains(":")) {
      return found;
    }
    String path = beside(file, found.source()).orElse(found.source());
    return new SourceMap.Position(path, found.line(), found.column());
  }

  private Optional<SourceMap> load(String file) {
    if (!file.startsWith("/")) {
      return Optional.empty();
    }
    return readText
        .apply(file)
        .flatMap(StackTraces::mapUrl)
        .flatMap(url -> mapText(file, url))
        .flatMap(SourceMap::parse);
  }

  private static Optional<String> mapUrl(String text) {
    Matcher url =
        MAP_URL.matcher(text.substring(Math.max(0, text.lastIndexOf("sourceMappingURL") - 4)));
    return url.find() ? Optional.of(url.group(1)) : Optional.empty();
  }

  private Optional<String> mapText(String file, String url) {
    if (url.startsWith(INLINE)) {
      return inlineText(url);
    }
    return beside(file, url).flatMap(readText);
  }

  /** Where a path leads that a map or a comment gives; empty when it is none. */
  private static Optional<String> beside(String file, String path) {
    try {
      return Optional.of(Path.of(file).resolveSibling(path).normalize().toString());
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  private static Optional<String> inlineText(String url) {
    int comma = url.indexOf(',');
    if (comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getDecoder().decode(url.substring(comma + 1));
      return Optional.of(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
