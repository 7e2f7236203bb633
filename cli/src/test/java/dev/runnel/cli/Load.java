package dev.runnel.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Requests of several clients at once. */
final class Load {
  private static final int CLIENTS = 4;

  /** Requests that go on until it is closed, whatever becomes of them. */
  interface Noise extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param failures what was not a 200, and what got no answer
   */
  record Report(double perSecond, List<Long> nanos, List<String> failures) {
    Duration latency(double part) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return sorted.isEmpty()
          ? Duration.ofDays(1)
          : Duration.ofNanos(sorted.get((int) ((sorted.size() - 1) * part)));
    }
  }

  private Load() {}

  static Report asFastAsPossible(URI url, Duration time) throws InterruptedException {
    return run(url, time, Double.POSITIVE_INFINITY);
  }

  /**
   * A request is late when its client was busy with the one before; its latency counts from when it
   * was due.
   */
  static Report at(double perSecond, URI url, Duration time) throws InterruptedException {
    return run(url, time, perSecond);
  }

  private static Report run(URI url, Duration time, double perSecond) throws InterruptedException {
    var nanos = new ConcurrentLinkedQueue<Long>();
    var failures = new ConcurrentLinkedQueue<String>();
    var next = new AtomicLong();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    try (HttpClient client = client()) {
      for (int i = 0; i < CLIENTS; i++) {
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (long due = due(next, start, perSecond);
                      due < end && System.nanoTime() < end;
                      due = due(next, start, perSecond)) {
                    waitUntil(due);
                    long from = Double.isInfinite(perSecond) ? System.nanoTime() : due;
                    ask(client, url, failures);
                    nanos.add(System.nanoTime() - from);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Report(nanos.size() / seconds, List.copyOf(nanos), List.copyOf(failures));
  }

  private static long due(AtomicLong next, long start, double perSecond) {
    return start + (long) (next.getAndIncrement() / perSecond * 1e9);
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void ask(HttpClient client, URI url, ConcurrentLinkedQueue<String> failures) {
    try {
      var answer = client.send(request(url), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        failures.add("status " + answer.statusCode());
      }
    } catch (IOException e) {
      failures.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Noise noise(URI url, int clients) {
    var over = new AtomicBoolean();
    HttpClient client = client();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                var ignored = new ConcurrentLinkedQueue<String>();
                while (!over.get()) {
                  ask(client, url, ignored);
                  ignored.clear();
                }
              }));
    }
    return () -> {
      over.set(true);
      client.shutdownNow();
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      client.close();
    };
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private static HttpRequest request(URI url) {
    return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60)).build();
  }
}
