package dev.runnel.runtime.error;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Generated positions to original ones (ECMA-426). Lines and columns count from 1 outside, as stack
 * traces have them, and from 0 inside, as the format does.
 */
final class SourceMap {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** An original position. */
  record Position(String source, int line, int column) {}

  private record Segment(int column, int source, int line, int originalColumn) {}

  private record Section(int line, int column, SourceMap map) {}

  private final List<String> sources;
  private final List<List<Segment>> lines;
  private final List<Section> sections;

  private SourceMap(List<String> sources, List<List<Segment>> lines, List<Section> sections) {
    this.sources = sources;
    this.lines = lines;
    this.sections = sections;
  }

  /** Empty when the text is no source map. */
  static Optional<SourceMap> parse(String json) {
    try {
      return JsonParser.parseString(json) instanceof JsonObject map
          ? map.has("sections") ? ofSections(map.get("sections")) : ofMappings(map)
          : Optional.empty();
    } catch (JsonParseException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<SourceMap> ofMappings(JsonObject map) {
    if (!(map.get("sources") instanceof JsonArray named)) {
      return Optional.empty();
    }
    String root = text(map.get("sourceRoot")).orElse("");
    List<String> sources = new ArrayList<>();
    for (JsonElement source : named) {
      sources.add(text(source).map(root::concat).orElse(""));
    }
    return text(map.get("mappings"))
        .map(mappings -> new SourceMap(sources, decode(mappings), List.of()));
  }

  private static Optional<SourceMap> ofSections(JsonElement element) {
    if (!(element instanceof JsonArray array)) {
      return Optional.empty();
    }
    List<Section> sections = new ArrayList<>();
    for (JsonElement section : array) {
      section(section).ifPresent(sections::add);
    }
    return sections.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceMap(List.of(), List.of(), sections));
  }

  private static Optional<Section> section(JsonElement element) {
    if (!(element instanceof JsonObject section)
        || !(section.get("offset") instanceof JsonObject offset)
        || !(section.get("map") instanceof JsonObject map)) {
      return Optional.empty();
    }
    OptionalInt line = number(offset.get("line"));
    OptionalInt column = number(offset.get("column"));
    return line.isEmpty() || column.isEmpty()
        ? Optional.empty()
        : ofMappings(map).map(inner -> new Section(line.getAsInt(), column.getAsInt(), inner));
  }

  private static Optional<String> text(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive value && value.isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  private static OptionalInt number(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive value && value.isNumber()
        ? OptionalInt.of((int) value.getAsDouble())
        : OptionalInt.empty();
  }

  Optional<Position> find(int line, int column) {
    return sections.isEmpty() ? inLines(line - 1, column - 1) : inSections(line - 1, column - 1);
  }

  private Optional<Position> inSections(int line, int column) {
    Section last = null;
    for (Section section : sections) {
      if (section.line() < line || section.line() == line && section.column() <= column) {
        last = section;
      }
    }
    if (last == null) {
      return Optional.empty();
    }
    int shift = last.line() == line ? last.column() : 0;
    return last.map().inLines(line - last.line(), column - shift);
  }

  private Optional<Position> inLines(int line, int column) {
    if (line < 0 || line >= lines.size()) {
      return Optional.empty();
    }
    Segment best = null;
    for (Segment segment : lines.get(line)) {
      if (segment.column() > column) {
        break;
      }
      best = segment;
    }
    return best == null || best.source() < 0 || best.source() >= sources.size()
        ? Optional.empty()
        : Optional.of(
            new Position(sources.get(best.source()), best.line() + 1, best.originalColumn() + 1));
  }

  private static List<List<Segment>> decode(String mappings) {
    List<List<Segment>> lines = new ArrayList<>();
    int[] running = new int[4];
    for (String line : mappings.split(";", -1)) {
      List<Segment> segments = new ArrayList<>();
      running[0] = 0;
      for (String encoded : line.split(",", -1)) {
        if (!encoded.isEmpty() && addDeltas(running, encoded) >= 4) {
          segments.add(new Segment(running[0], running[1], running[2], running[3]));
        }
      }
      lines.add(segments);
    }
    return lines;
  }

  /** Adds one segment's Base64-VLQ numbers to the running ones and returns how many there were. */
  private static int addDeltas(int[] running, String encoded) {
    int field = 0;
    int value = 0;
    int shift = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int digit = DIGITS.indexOf(encoded.charAt(i));
      value += (digit & 31) << shift;
      shift += 5;
      if ((digit & 32) == 0) {
        if (field < running.length) {
          running[field] += (value & 1) == 0 ? value >> 1 : -(value >> 1);
        }
        field++;
        value = 0;
        shift = 0;
      }
    }
    return field;
  }
}
