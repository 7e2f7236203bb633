package dev.runnel.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;

/**
 * Values in blocks. One that is being read outlives its key. A value that has no key yet, or no
 * longer, is noted as loose, and dropped at the next start if nobody did before. Changes are made
 * on the thread of the writes; reads come from any.
 */
final class Blobs {
  static final int BLOCK_BYTES = 128 << 10;

  private final MVMap<byte[], byte[]> blocks;
  private final MVMap<Long, Long> loose;
  private final AtomicLong nextId;

  /** By blob, how many read it. Guarded by this. */
  private final Map<Long, Integer> readers = new HashMap<>();

  /** Those without a key that somebody still reads. Guarded by this. */
  private final Set<Long> released = new HashSet<>();

  Blobs(MVStore store) {
    this.blocks =
        store.openMap(
            "blocks",
            new MVMap.Builder<byte[], byte[]>().keyType(Bytes.TYPE).valueType(Bytes.TYPE));
    this.loose =
        store.openMap(
            "loose",
            new MVMap.Builder<Long, Long>()
                .keyType(LongDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    byte[] last = blocks.lastKey();
    this.nextId = new AtomicLong(last == null ? 1 : ByteBuffer.wrap(last).getLong() + 1);
  }

  long newId() {
    return nextId.getAndIncrement();
  }

  /** What a crash has left behind. */
  void dropLoose() {
    for (Long id = loose.firstKey(); id != null; id = loose.firstKey()) {
      drop(id);
    }
  }

  void write(long id, int number, byte[] block) {
    if (number == 0) {
      loose.put(id, id);
    }
    blocks.put(key(id, number), block);
  }

  /** A key has it from now on. */
  void keep(long id) {
    loose.remove(id);
  }

  /** Its key is gone. */
  void release(long id) {
    loose.put(id, id);
    synchronized (this) {
      if (readers.containsKey(id)) {
        released.add(id);
        return;
      }
    }
    drop(id);
  }

  void drop(long id) {
    for (int number = 0; blocks.remove(key(id, number)) != null; number++) {
      // On to the next.
    }
    loose.remove(id);
  }

  private static byte[] key(long id, int number) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(id).putInt(number).array();
  }

  /** An entry together with the right to read its blob, which {@link #open} has to follow. */
  synchronized Optional<Entry> reading(Supplier<Optional<Entry>> find) {
    Optional<Entry> found = find.get();
    if (found.isPresent() && found.get().content() instanceof Entry.Content.Blocks(var id)) {
      readers.merge(id, 1, Integer::sum);
    }
    return found;
  }

  /**
   * @param drop drops a blob that has lost its key meanwhile
   */
  InputStream open(long id, Runnable drop) {
    return new Reading(id, drop);
  }

  private synchronized boolean readByNobody(long id) {
    if (readers.merge(id, -1, Integer::sum) == 0) {
      readers.remove(id);
      return released.remove(id);
    }
    return false;
  }

  private final class Reading extends InputStream {
    private final long id;
    private final Runnable drop;
    private byte[] block = new byte[0];
    private int at;
    private int next;
    private boolean closed;

    Reading(long id, Runnable drop) {
      this.id = id;
      this.drop = drop;
    }

    @Override
    public int read() throws IOException {
      return fill() ? block[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, block.length - at);
      System.arraycopy(block, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (closed) {
        throw new IOException("The value is closed.");
      }
      if (at == block.length) {
        byte[] more = blocks.get(key(id, next++));
        if (more == null) {
          return false;
        }
        block = more;
        at = 0;
      }
      return true;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (readByNobody(id)) {
          drop.run();
        }
      }
    }
  }
}
