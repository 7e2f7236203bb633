package dev.runnel.wasi;

import java.util.List;

/** How a program ended. */
public sealed interface Outcome {
  /** By itself, with that exit code. */
  record Exited(int code) implements Outcome {}

  /** A function of a reactor returned, with results as they are written. */
  record Returned(List<String> results) implements Outcome {
    public Returned {
      results = List.copyOf(results);
    }
  }

  /** By its own mistake, such as an access outside of its memory. */
  record Trapped(String sentence) implements Outcome {}

  /** Somebody interrupted it. */
  record Interrupted() implements Outcome {}
}
