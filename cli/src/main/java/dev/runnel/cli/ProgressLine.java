package dev.runnel.cli;

import dev.runnel.image.registry.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** One line on a terminal that says how far something is, and goes when it is done. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long EVERY = Duration.ofMillis(100).toNanos();

  private final String what;
  private final PrintWriter err;
  private final boolean isShown;
  private long shownAt;
  private int length;

  private ProgressLine(String what, PrintWriter err, boolean isShown) {
    this.what = what;
    this.err = err;
    this.isShown = isShown;
    this.shownAt = System.nanoTime();
  }

  /** Shows nothing where nobody watches. */
  static ProgressLine of(String what, PrintWriter err) {
    return new ProgressLine(what, err, System.console() != null && System.console().isTerminal());
  }

  @Override
  public void at(long done, long all) {
    long now = System.nanoTime();
    if (!isShown || now - shownAt < EVERY) {
      return;
    }
    shownAt = now;
    int full = all == 0 ? WIDTH : (int) (WIDTH * done / all);
    show(
        "%s [%s%s] %s of %s"
            .formatted(
                what,
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                ImagesCommand.size(done),
                ImagesCommand.size(all)));
  }

  private void show(String line) {
    err.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
    err.flush();
    length = line.length();
  }

  @Override
  public void close() {
    if (length > 0) {
      show("");
      err.print("\r");
      err.flush();
    }
  }
}
