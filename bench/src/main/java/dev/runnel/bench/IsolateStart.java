package dev.runnel.bench;

import dev.runnel.engine.Engine;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A new isolate with React and the page loaded, from a snapshot: how long until it can be called,
 * and what it adds to the heap of the JVM.
 */
final class IsolateStart {
  private static final int WARM_UP = 200;
  private static final int STARTS = 300;
  private static final int OPEN_AT_ONCE = 20;

  private final Engine engine = RunnelRenderer.engine();

  List<String> run() throws Exception {
    IsolateOptions options = RunnelRenderer.options().from(RunnelRenderer.snapshot());
    starts(options, WARM_UP);
    double[] sorted = starts(options, STARTS);
    Arrays.sort(sorted);
    double heap = heapOfOne(options);
    System.out.printf(
        "  start from a snapshot: median %.2f ms, 99th percentile %.2f ms over %d; heap of one %.2f MB%n",
        sorted[STARTS / 2], sorted[STARTS * 99 / 100], STARTS, heap);
    return List.of(
        "FIGURE isolate_start_ms %.2f".formatted(sorted[STARTS / 2]),
        "FIGURE isolate_heap_mb %.2f".formatted(heap));
  }

  private double[] starts(IsolateOptions options, int count) {
    double[] milliseconds = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      try (Isolate isolate = engine.open(options)) {
        isolate.isRegistered("render");
        milliseconds[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    return milliseconds;
  }

  private double heapOfOne(IsolateOptions options) {
    double before = usedMegabytes();
    List<Isolate> open = new ArrayList<>();
    for (int i = 0; i < OPEN_AT_ONCE; i++) {
      open.add(engine.open(options));
    }
    double after = usedMegabytes();
    open.forEach(Isolate::close);
    return (after - before) / OPEN_AT_ONCE;
  }

  private static double usedMegabytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
  }
}
