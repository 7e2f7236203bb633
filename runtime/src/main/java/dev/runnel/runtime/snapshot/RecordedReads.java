package dev.runnel.runtime.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a program read of the world while it was evaluated. Files it imported become part of its
 * snapshot's identity; anything that changes by itself forbids a snapshot.
 *
 * <p>Confined to the loop thread.
 */
public final class RecordedReads {
  private final SequencedMap<String, String> files = new LinkedHashMap<>();
  private @Nullable String obstacle;

  /** A file that was imported, with its text. */
  public void imported(String file, String text) {
    files.put(file, Sha256.of(text));
  }

  /**
   * Something that may be different at the next start.
   *
   * @param what such as {@code "the clock"} or {@code "the file /etc/hosts"}
   */
  public void unrepeatable(String what) {
    if (obstacle == null) {
      obstacle = what;
    }
  }

  /** The first read that forbids a snapshot. */
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** Digests by file. */
  public SequencedMap<String, String> files() {
    return Collections.unmodifiableSequencedMap(files);
  }
}
