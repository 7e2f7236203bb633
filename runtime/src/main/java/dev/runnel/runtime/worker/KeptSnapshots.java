package dev.runnel.runtime.worker;

import dev.runnel.engine.Engine;
import dev.runnel.runtime.guest.Evaluated;
import dev.runnel.runtime.snapshot.AppSnapshot;
import dev.runnel.runtime.snapshot.AppSnapshots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evaluated heap of one worker's program: in memory for its further isolates, and in a folder
 * for its next start when the options name one. Safe from any thread.
 */
final class KeptSnapshots implements Evaluated {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSnapshots.class);

  private final String key;
  private final Optional<AppSnapshots> store;
  private final boolean possible;
  private @Nullable AppSnapshot kept;
  private boolean refused;
  private @Nullable Thread writing;

  KeptSnapshots(String key, Engine engine, WorkerOptions options) {
    this.key = key;
    this.possible = engine.capabilities().contains(Engine.Capability.SNAPSHOT);
    this.store = options.snapshots().map(AppSnapshots::new);
    this.kept = store.flatMap(folder -> folder.find(key, engine)).orElse(null);
  }

  @Override
  public synchronized Optional<AppSnapshot> find() {
    return Optional.ofNullable(kept);
  }

  @Override
  public synchronized boolean wants() {
    return possible && !refused && kept == null;
  }

  @Override
  public synchronized void keep(AppSnapshot app) {
    if (kept == null) {
      kept = app;
      store.ifPresent(
          folder ->
              writing =
                  Thread.ofVirtual().name("runnel-snapshot").start(() -> folder.keep(key, app)));
    }
  }

  /** Waits for what is being written, so that nothing is left half done. */
  void finishWriting() {
    Thread writer;
    synchronized (this) {
      writer = writing;
    }
    try {
      if (writer != null) {
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void refused(String read) {
    if (!refused) {
      refused = true;
      LOG.info("The program is evaluated at every start, because it used {}.", read);
    }
  }
}
