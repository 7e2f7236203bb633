package dev.runnel.bench.race;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same thing measured some times. */
public record Series(double[] sorted) {

  public static <T> Series of(List<T> measured, ToDoubleFunction<T> value) {
    return new Series(measured.stream().mapToDouble(value).sorted().toArray());
  }

  /** Round by round, so that a slow moment of the machine is in both. */
  public static <T> Series ratio(List<T> ours, List<T> theirs, ToDoubleFunction<T> value) {
    double[] ratios = new double[Math.min(ours.size(), theirs.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i));
    }
    Arrays.sort(ratios);
    return new Series(ratios);
  }

  public double median() {
    return sorted[sorted.length / 2];
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  /** {@code MEDIAN (MIN…MAX)} */
  public String shown(int digits) {
    String number = "%." + digits + "f";
    return String.format(number + " (" + number + "…" + number + ")", median(), min(), max());
  }
}
