package dev.runnel.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An ECMAScript module's text.
 *
 * @param meta properties of its {@code import.meta}, in order
 * @param origin who wrote it
 * @param code what {@link Engine#compile} made of a built-in module; another build of the engine
 *     ignores it
 */
public record ModuleSource(
    String text, SequencedMap<String, String> meta, Origin origin, Optional<byte[]> code) {

  /** Whose code a module is. */
  public enum Origin {
    /** The program's: its functions show their text. */
    PROGRAM,
    /** Runnel's own: an engine may drop the text, and functions then show {@code [native code]}. */
    BUILT_IN
  }

  public ModuleSource {
    meta = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(meta));
  }

  public ModuleSource(String text, SequencedMap<String, String> meta) {
    this(text, meta, Origin.PROGRAM, Optional.empty());
  }

  public static ModuleSource of(String text) {
    return new ModuleSource(text, new LinkedHashMap<>(Map.of()));
  }

  public static ModuleSource builtIn(String text) {
    return new ModuleSource(text, new LinkedHashMap<>(Map.of()), Origin.BUILT_IN, Optional.empty());
  }

  public ModuleSource withCode(byte[] compiled) {
    return new ModuleSource(text, meta, origin, Optional.of(compiled));
  }
}
