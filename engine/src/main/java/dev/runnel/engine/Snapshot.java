package dev.runnel.engine;

/** A heap that isolates can start from. Immutable; shared by any number of isolates and threads. */
public interface Snapshot {

  /** Identifies the exact build of the engine that made it and can read it. */
  String engineDigest();

  int sizeBytes();

  byte[] toBytes();
}
