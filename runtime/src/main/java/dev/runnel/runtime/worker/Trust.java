package dev.runnel.runtime.worker;

/** What a program is thought able to do to the process that runs it. */
public enum Trust {
  /** Anything: only an engine with a sandbox may run it. */
  NONE,
  /** No harm: an engine without a sandbox may run it too. */
  FULL
}
