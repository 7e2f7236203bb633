package dev.runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.engine.Engine;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.runtime.worker.WorkerResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A new isolate with React and the page loaded, from a snapshot: how long until the engine's own
 * can be called, and what each further one of a worker, with all of Runnel's JavaScript, adds to
 * the heap of the JVM.
 */
final class IsolateStart {
  private static final int WARM_UP = 200;
  private static final int STARTS = 300;
  private static final int FURTHER = 20;

  private final Engine engine = RunnelRenderer.engine();
  private final Path program;

  IsolateStart(Path root) {
    program = root.resolve("bench/target/worker/main.mjs");
  }

  List<String> run() throws Exception {
    IsolateOptions options = RunnelRenderer.options().from(RunnelRenderer.snapshot());
    starts(options, WARM_UP);
    double[] sorted = starts(options, STARTS);
    Arrays.sort(sorted);
    double heap = (heapOf(1 + FURTHER) - heapOf(1)) / FURTHER;
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

  private double heapOf(int isolates) throws Exception {
    double before = usedMegabytes();
    try (Worker worker = Worker.load(program, WorkerOptions.DEFAULT.withIsolates(isolates))) {
      double heap = usedMegabytes() - before;
      checkAnswer(worker);
      return heap;
    }
  }

  private static void checkAnswer(Worker worker) throws Exception {
    try (WorkerResponse answer = worker.fetch(WorkerRequest.get("http://bench/seed"))) {
      String html = new String(answer.body().readAllBytes(), UTF_8);
      if (!html.contains("Products")) {
        throw new IllegalStateException("The worker answered: " + html);
      }
    }
  }

  private static double usedMegabytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
  }
}
