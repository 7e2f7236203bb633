package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** All that a program and its worker say, line by line. Written to and waited for by any thread. */
final class Complaints extends OutputStream implements WorkerObserver {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** The program's own streams end here too. */
  WorkerOptions.Output output() {
    return new WorkerOptions.Output(this, this);
  }

  /** Waits until somebody has said that, and returns all that was said. */
  synchronized String await(String words, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (!text().contains(words) && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    return text();
  }

  /** All that was said so far. */
  synchronized String text() {
    return said.toString(UTF_8);
  }

  @Override
  public synchronized void write(int octet) {
    said.write(octet);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    said.write(bytes, offset, length);
    notifyAll();
  }

  @Override
  public void uncaught(ProgramError error) {
    writeLine(error.text());
  }

  @Override
  public void isolateLost(String limit, String sentence) {
    writeLine(limit + ": " + sentence);
  }

  private void writeLine(String line) {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    write(bytes, 0, bytes.length);
  }
}
