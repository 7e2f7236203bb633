package dev.runnel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;

/**
 * All changes of one MVStore, made by a thread of their own, one after the other: none is ever half
 * in what is written to disk, and those that come together share one write. Safe from any thread.
 */
final class Writes {
  private static final int TOGETHER = 256;
  private static final long MAX_UNSAVED = 8L << 20;
  private static final int TARGET_FILL_PERCENT = 60;
  private static final int COMPACTED_AT_ONCE = 4 << 20;
  private static final int COMMITS_PER_COMPACTION = 500;

  /** A change, made on the thread of the writes. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  private record Task(Change change, Lasting lasting, CompletableFuture<Void> done) {}

  /** Whether the change has to be on disk when it is done. */
  enum Lasting {
    AT_ONCE,
    LATER
  }

  private final MVStore store;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private int commits;

  Writes(MVStore store, String name) {
    this.store = store;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /** Waits until the change is made, and is on disk when it has to be. */
  void make(Lasting lasting, Change change) throws IOException {
    CompletableFuture<Void> done = submit(lasting, change);
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while writing.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  /** The same without waiting, for what nobody asked for. */
  CompletableFuture<Void> submit(Lasting lasting, Change change) {
    var task = new Task(change, lasting, new CompletableFuture<>());
    if (closing) {
      task.done().completeExceptionally(new IOException("The store is closed."));
    } else {
      queue.add(task);
    }
    return task.done();
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Task first = queue.poll(1, TimeUnit.SECONDS);
        if (first == null) {
          compact(1);
        } else {
          makeAll(first);
          compact(COMMITS_PER_COMPACTION);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeAll(Task first) {
    List<Task> tasks = new ArrayList<>(List.of(first));
    queue.drainTo(tasks, TOGETHER);
    List<Task> made = new ArrayList<>();
    for (Task task : tasks) {
      try {
        task.change().run();
        made.add(task);
      } catch (IOException | RuntimeException e) {
        task.done().completeExceptionally(e);
      }
    }
    try {
      boolean mustLast = made.stream().anyMatch(task -> task.lasting() == Lasting.AT_ONCE);
      if (mustLast || store.getUnsavedMemory() > MAX_UNSAVED) {
        store.commit();
        commits++;
      }
      if (mustLast) {
        store.sync();
      }
      made.forEach(task -> task.done().complete(null));
    } catch (RuntimeException e) {
      made.forEach(task -> task.done().completeExceptionally(e));
    }
  }

  /** Gives the room of what was overwritten back, after so many commits. */
  private void compact(int after) {
    if (commits >= after) {
      commits = 0;
      try {
        store.compact(TARGET_FILL_PERCENT, COMPACTED_AT_ONCE);
      } catch (RuntimeException e) {
        org.slf4j.LoggerFactory.getLogger(Writes.class)
            .warn("A store can't be compacted: {}", e.toString());
      }
    }
  }

  /** Makes what has been asked for; later changes are refused. */
  void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
