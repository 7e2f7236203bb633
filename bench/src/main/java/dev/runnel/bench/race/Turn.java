package dev.runnel.bench.race;

import dev.runnel.bench.load.Load;

/**
 * One server's turn in one round.
 *
 * @param cpuPerRequest the server's processor time, in milliseconds
 * @param megabytes of the server's memory at its end, each page shared by processes counted once
 */
public record Turn(Load load, double cpuPerRequest, double megabytes) {
  public double perSecond() {
    return load.perSecond();
  }
}
