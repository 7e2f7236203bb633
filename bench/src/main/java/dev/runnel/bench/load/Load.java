package dev.runnel.bench.load;

import java.util.Locale;

/**
 * What a period of load showed, from the client's side.
 *
 * @param requests all that were answered, those after the period's end included
 * @param perSecond within the period
 * @param p50 milliseconds until an answer was whole
 * @param p99 the same of the slowest hundredth
 * @param firstByte milliseconds until the body's first byte, median
 * @param bodyBytes of each answer
 */
public record Load(
    int requests, double perSecond, double p50, double p99, double firstByte, long bodyBytes) {

  String toLine() {
    return String.format(
        Locale.ROOT, "%d %f %f %f %f %d", requests, perSecond, p50, p99, firstByte, bodyBytes);
  }

  static Load ofLine(String line) {
    String[] words = line.split(" ");
    return new Load(
        Integer.parseInt(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Long.parseLong(words[5]));
  }
}
