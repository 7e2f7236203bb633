package dev.runnel.runtime.snapshot;

import dev.runnel.engine.Snapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * An evaluated program: its heap, and what Java has to set up again around it.
 *
 * @param files the digests of the files that were read into it
 * @param answersFetch whether it has a fetch handler
 * @param ports host and port by listener, as the program asked for them
 */
public record AppSnapshot(
    Snapshot heap,
    SequencedMap<String, String> files,
    boolean answersFetch,
    SequencedMap<Integer, Port> ports) {

  /** An address that the program listens on. */
  public record Port(String host, int port) {}

  public AppSnapshot {
    files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
    ports = Collections.unmodifiableSequencedMap(new TreeMap<>(Map.copyOf(ports)));
  }
}
