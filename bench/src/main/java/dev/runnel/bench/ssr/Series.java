package dev.runnel.bench.ssr;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same thing measured some times. */
record Series(double[] sorted) {

  static <T> Series of(List<T> measured, ToDoubleFunction<T> value) {
    return new Series(measured.stream().mapToDouble(value).sorted().toArray());
  }

  /** Round by round, so that a slow moment of the machine is in both. */
  static <T> Series ratio(List<T> ours, List<T> theirs, ToDoubleFunction<T> value) {
    double[] ratios = new double[Math.min(ours.size(), theirs.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i));
    }
    Arrays.sort(ratios);
    return new Series(ratios);
  }

  double median() {
    return sorted[sorted.length / 2];
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /** {@code MEDIAN (MIN…MAX)} */
  String shown(int digits) {
    String number = "%." + digits + "f";
    return String.format(number + " (" + number + "…" + number + ")", median(), min(), max());
  }
}
