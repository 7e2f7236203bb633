package dev.runnel.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a stream that brings nothing for too long, which ends the read that waits for it. */
final class SilenceWatch implements AutoCloseable {
  private final InputStream stream;
  private final long patience;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile long heardAt = System.nanoTime();

  SilenceWatch(InputStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience.toNanos();
    Thread.ofVirtual().start(this::watch);
  }

  void heard() {
    heardAt = System.nanoTime();
  }

  private void watch() {
    try {
      long left = patience;
      while (left > 0) {
        if (over.await(left, TimeUnit.NANOSECONDS)) {
          return;
        }
        left = heardAt + patience - System.nanoTime();
      }
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Whoever reads it is told.
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
