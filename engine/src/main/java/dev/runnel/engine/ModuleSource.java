package dev.runnel.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An ECMAScript module's text.
 *
 * @param meta properties of its {@code import.meta}, in order
 */
public record ModuleSource(String text, SequencedMap<String, String> meta) {

  public ModuleSource {
    meta = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(meta));
  }

  public static ModuleSource of(String text) {
    return new ModuleSource(text, new LinkedHashMap<>(Map.of()));
  }
}
