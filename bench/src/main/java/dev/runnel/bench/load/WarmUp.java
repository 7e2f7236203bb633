package dev.runnel.bench.load;

import java.io.IOException;

/** Asks a server until it gets no quicker, which its compilers decide. */
public final class WarmUp {
  private static final int CONNECTIONS = 16;

  /**
   * A server is warm when so many turns in a row, a second each, have not been its best by much.
   * Fewer are not enough: compilers rest for seconds between two lots of methods, and one turn may
   * find the machine quieter than those after it.
   */
  private static final int STEADY_TURNS = 12;

  private static final double MUCH = 1.02;

  private WarmUp() {}

  /** Takes so many seconds at most. */
  public static void run(LoadProcess client, int port, String path, double seconds)
      throws IOException {
    double best = 0;
    int turnsSinceBest = 0;
    long start = System.nanoTime();
    while (turnsSinceBest < STEADY_TURNS && System.nanoTime() - start < seconds * 1e9) {
      Load load = client.run(port, CONNECTIONS, 1, path);
      turnsSinceBest = load.perSecond() > best * MUCH ? 0 : turnsSinceBest + 1;
      best = Math.max(best, load.perSecond());
    }
  }
}
