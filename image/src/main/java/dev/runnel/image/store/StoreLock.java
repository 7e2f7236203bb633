package dev.runnel.image.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock on a file, which all processes respect, and all threads of this one. Held by one at a
 * time; whoever comes waits.
 */
final class StoreLock implements AutoCloseable {
  /** A process can't wait for its own lock on a file, so its threads wait here. */
  private static final Map<Path, Lock> OWN = new ConcurrentHashMap<>();

  private final Lock own;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(Lock own, FileChannel channel, FileLock lock) {
    this.own = own;
    this.channel = channel;
    this.lock = lock;
  }

  static StoreLock on(Path file) throws IOException {
    Lock own = OWN.computeIfAbsent(file.toAbsolutePath().normalize(), _ -> new ReentrantLock());
    own.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new StoreLock(own, channel, channel.lock());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      own.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel;
        lock) {
      // Released in that order.
    } finally {
      own.unlock();
    }
  }
}
