package dev.runnel.bench.ssr;

import java.util.Locale;

/** What is asked of a server. */
enum Work {
  /** The page; nothing in it waits. */
  PAGE("/page?seed=SEED"),
  /** Its second half waits for a timer of no time at all. */
  PAGE_DELAY_0("/page?seed=SEED&delay=0"),
  PAGE_DELAY_20("/page?seed=SEED&delay=20"),
  /** Five bytes from a handler that does nothing else. */
  HELLO("/hello");

  private final String path;

  Work(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  boolean suspends() {
    return this == PAGE_DELAY_0 || this == PAGE_DELAY_20;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
