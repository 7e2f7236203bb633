package dev.runnel.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the good program without a pause until stopped, and counts what it gets. */
final class GoodClient {
  private final Served good;
  private final AtomicInteger answers = new AtomicInteger();
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  GoodClient(Served good) {
    this.good = good;
    this.thread = Thread.ofVirtual().start(this::ask);
  }

  private void ask() {
    do {
      String name = "visitor-" + answers.get();
      try {
        String answer = good.get("/?name=" + name);
        if (!answer.endsWith("Hello, " + name)) {
          losses.add(answer);
        }
      } catch (Exception e) {
        losses.add(e.toString());
      }
      answers.incrementAndGet();
    } while (!stopped);
  }

  int answers() {
    return answers.get();
  }

  List<String> losses() {
    return losses;
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
