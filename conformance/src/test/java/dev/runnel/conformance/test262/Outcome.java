package dev.runnel.conformance.test262;

/** How a test of the suite ended. */
sealed interface Outcome {
  record Passed() implements Outcome {}

  record Failed(String why) implements Outcome {}

  /** The isolate ended and said why: the memory limit, or the time limit of this run. */
  record Ended(String why) implements Outcome {}

  /** Something that the isolate can't report. There must be none. */
  record Lost(String why) implements Outcome {}

  record Skipped(String feature) implements Outcome {}
}
