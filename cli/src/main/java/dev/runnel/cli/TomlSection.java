package dev.runnel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One table of a TOML file, read key by key. What has a wrong type or value, and what nobody asked
 * for, is a mistake that is told with its line.
 */
final class TomlSection {
  private final Path file;
  private final String name;
  private final TomlTable table;
  private final int line;
  private final Set<String> known = new HashSet<>();

  /**
   * @param name what sentences call it, such as {@code app.shop}; empty for the whole file
   */
  TomlSection(Path file, String name, TomlTable table, int line) {
    this.file = file;
    this.name = name;
    this.table = table;
    this.line = line;
  }

  /** All of it, as JSON: the same text means the same settings. */
  String text() {
    return table.toJson();
  }

  boolean has(String key) {
    known.add(key);
    return table.contains(List.of(key));
  }

  String required(String key) throws ServeFileException {
    Optional<String> word = word(key);
    if (word.isEmpty()) {
      throw wrongAt(line, "%s needs the key \"%s\".".formatted(title(), key));
    }
    return word.get();
  }

  Optional<String> word(String key) throws ServeFileException {
    return has(key) ? Optional.of(text(key, value(key))) : Optional.empty();
  }

  /** A word that is read as the command line's option is. */
  <T> Optional<T> word(String key, ITypeConverter<T> converter) throws ServeFileException {
    Optional<String> word = word(key);
    return word.isPresent() ? Optional.of(converted(key, word.get(), converter)) : Optional.empty();
  }

  /** One word or a list of them. */
  List<String> words(String key) throws ServeFileException {
    if (!has(key)) {
      return List.of();
    }
    if (!(value(key) instanceof TomlArray array)) {
      return List.of(text(key, value(key)));
    }
    List<String> words = new ArrayList<>();
    for (Object word : array.toList()) {
      words.add(text(key, word));
    }
    return words;
  }

  <T> List<T> words(String key, ITypeConverter<T> converter) throws ServeFileException {
    List<T> all = new ArrayList<>();
    for (String word : words(key)) {
      all.add(converted(key, word, converter));
    }
    return all;
  }

  /** A whole number may also stand where a word with a unit does. */
  private String text(String key, Object value) throws ServeFileException {
    return switch (value) {
      case String word -> word;
      case Long number -> number.toString();
      default -> throw wrong(key, "has to be a text in quotation marks.");
    };
  }

  <T> T converted(String key, String word, ITypeConverter<T> converter) throws ServeFileException {
    try {
      return converter.convert(word);
    } catch (TypeConversionException e) {
      throw wrong(key, "is wrong: " + e.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException("A converter failed.", e);
    }
  }

  OptionalInt number(String key, int least, int most) throws ServeFileException {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    if (value(key) instanceof Long number && number >= least && number <= most) {
      return OptionalInt.of(number.intValue());
    }
    throw wrong(key, "has to be a whole number from %d to %d.".formatted(least, most));
  }

  boolean flag(String key) throws ServeFileException {
    if (!has(key)) {
      return false;
    }
    if (value(key) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "has to be true or false.");
  }

  /** The table of that key; an empty one when there is none. */
  TomlSection section(String key) throws ServeFileException {
    if (has(key) && !(value(key) instanceof TomlTable)) {
      throw wrong(key, "has to be a table.");
    }
    return new TomlSection(file, path(key), table.getTableOrEmpty(List.of(key)), lineOf(key));
  }

  /** The tables in this one, in the order of the file. */
  SequencedMap<String, TomlSection> sections() throws ServeFileException {
    SequencedMap<String, TomlSection> sections = new LinkedHashMap<>();
    for (String key : inOrder()) {
      sections.put(key, section(key));
    }
    return sections;
  }

  /** The texts in this table, in the order of the file. */
  SequencedMap<String, String> texts() throws ServeFileException {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (String key : inOrder()) {
      texts.put(key, required(key));
    }
    return texts;
  }

  /** The values in this table, whatever they are, as JSON. */
  SequencedMap<String, String> json() {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (String key : inOrder()) {
      known.add(key);
      values.put(key, TomlJson.of(value(key)));
    }
    return values;
  }

  private List<String> inOrder() {
    return table.keySet().stream().sorted(Comparator.comparingInt(this::lineOf)).toList();
  }

  private Object value(String key) {
    Object value = table.get(List.of(key));
    if (value == null) {
      throw new IllegalStateException("There is no key " + key);
    }
    return value;
  }

  /** Called when everything has been asked for that there may be. */
  void nothingElse() throws ServeFileException {
    for (String key : inOrder()) {
      if (!known.contains(key)) {
        throw wrongAt(
            lineOf(key),
            "%s has no key \"%s\"; there are %s."
                .formatted(title(), key, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  /**
   * @param ending the sentence after the key's name
   */
  ServeFileException wrong(String key, String ending) {
    return wrongAt(lineOf(key), "\"%s\" %s".formatted(path(key), ending));
  }

  ServeFileException wrong(String sentence) {
    return wrongAt(line, sentence);
  }

  private ServeFileException wrongAt(int where, String sentence) {
    return new ServeFileException("%s:%d: %s".formatted(file, where, sentence));
  }

  private int lineOf(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? line : position.line();
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private String title() {
    return name.isEmpty() ? "The file" : "[" + name + "]";
  }
}
