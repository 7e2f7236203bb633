package dev.runnel.store;

import static dev.runnel.store.Writes.Lasting.AT_ONCE;
import static dev.runnel.store.Writes.Lasting.LATER;

import dev.runnel.runtime.kv.KvFullException;
import dev.runnel.runtime.kv.KvStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;

/**
 * A namespace in one file, by H2's MVStore, which appends and never overwrites what a crash would
 * need. Small values stand with their keys; others lie in blocks, so that none is ever in memory as
 * a whole. One process has the file at a time.
 */
public final class FileKvStore implements KvStore {
  private static final int CACHE_MEGABYTES = 8;

  /** How long what was overwritten stays in the file: a crash may need it, a slow read too. */
  private static final int RETENTION_MILLIS = 5_000;

  private static final int EXPIRED_AT_ONCE = 100;
  private static final int CLOSING_MILLIS = 100;
  private static final String TOTAL = "bytes";

  private final MVStore store;
  private final InstantSource clock;
  private final long totalLimit;
  private final MVMap<byte[], byte[]> entries;

  /** Expiration and key, in the order of time. */
  private final MVMap<byte[], byte[]> due;

  private final MVMap<String, Long> numbers;
  private final Blobs blobs;
  private final Writes writes;

  /** What unfinished puts have written so far. */
  private final AtomicLong uploading = new AtomicLong();

  private FileKvStore(MVStore store, String name, long totalLimit, InstantSource clock) {
    this.store = store;
    this.totalLimit = totalLimit;
    this.clock = clock;
    this.entries = store.openMap("entries", bytesToBytes());
    this.due = store.openMap("due", bytesToBytes());
    this.numbers =
        store.openMap(
            "numbers", new MVMap.Builder<String, Long>().valueType(LongDataType.INSTANCE));
    this.blobs = new Blobs(store);
    this.blobs.dropLoose();
    this.writes = new Writes(store, "runnel-kv-" + name);
  }

  private static MVMap.Builder<byte[], byte[]> bytesToBytes() {
    return new MVMap.Builder<byte[], byte[]>().keyType(Bytes.TYPE).valueType(Bytes.TYPE);
  }

  /**
   * Opens the file, or makes it, readable by its owner alone.
   *
   * @param totalLimit how many bytes it may hold
   * @throws IOException when it can't be opened, another process has it, or it is no store
   */
  public static FileKvStore open(Path file, long totalLimit) throws IOException {
    return open(file, totalLimit, InstantSource.system());
  }

  static FileKvStore open(Path file, long totalLimit, InstantSource clock) throws IOException {
    Path whole = file.toAbsolutePath();
    Files.createDirectories(whole.getParent(), ownersOnly("rwx------"));
    if (!Files.exists(whole)) {
      Files.createFile(whole, ownersOnly("rw-------"));
    }
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(whole.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MEGABYTES)
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      return new FileKvStore(store, whole.getFileName().toString(), totalLimit, clock);
    } catch (MVStoreException e) {
      throw new IOException(
          e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
              ? "The store %s is in use by another process.".formatted(file)
              : "The store %s can't be opened: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static FileAttribute<?>[] ownersOnly(String permissions) {
    boolean posix =
        java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private long now() {
    return clock.millis() / 1000;
  }

  private Optional<Entry> entry(byte[] key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::decode);
  }

  @Override
  public Optional<Found> get(byte[] key) throws IOException {
    Optional<Entry> entry = blobs.reading(() -> entry(key).filter(found -> !found.isGone(now())));
    return entry.map(found -> new Found(found.facts(), found.length(), content(found)));
  }

  private InputStream content(Entry entry) {
    return switch (entry.content()) {
      case Entry.Content.Inline(var bytes) -> new ByteArrayInputStream(bytes);
      case Entry.Content.Blocks(var id) ->
          blobs.open(id, () -> writes.submit(LATER, () -> blobs.drop(id)));
    };
  }

  @Override
  public void put(byte[] key, Facts facts, InputStream value) throws IOException {
    byte[] start = value.readNBytes(Entry.LONGEST_INLINE + 1);
    if (start.length <= Entry.LONGEST_INLINE) {
      var entry = new Entry(facts, start.length, new Entry.Content.Inline(start));
      writes.make(AT_ONCE, () -> replace(key, entry));
    } else {
      putBlocks(key, facts, start, value);
    }
  }

  private void putBlocks(byte[] key, Facts facts, byte[] start, InputStream value)
      throws IOException {
    long id = blobs.newId();
    long length = 0;
    boolean kept = false;
    try {
      byte[] block = firstBlock(start, value);
      for (int number = 0; block.length > 0; number++) {
        length += block.length;
        if (uploading.addAndGet(block.length) > totalLimit) {
          throw new KvFullException(totalLimit);
        }
        int at = number;
        byte[] bytes = block;
        writes.make(LATER, () -> blobs.write(id, at, bytes));
        block = value.readNBytes(Blobs.BLOCK_BYTES);
      }
      var entry = new Entry(facts, length, new Entry.Content.Blocks(id));
      writes.make(AT_ONCE, () -> replace(key, entry));
      kept = true;
    } finally {
      uploading.addAndGet(-length);
      if (!kept) {
        writes.submit(LATER, () -> blobs.drop(id));
      }
    }
  }

  private static byte[] firstBlock(byte[] start, InputStream value) throws IOException {
    byte[] rest = value.readNBytes(Blobs.BLOCK_BYTES - start.length);
    byte[] block = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, block, start.length, rest.length);
    return block;
  }

  /** On the thread of the writes. */
  private void replace(byte[] key, Entry entry) throws KvFullException {
    dropExpired();
    Optional<Entry> old = entry(key);
    if (total() + entry.bytes(key) - old.map(gone -> gone.bytes(key)).orElse(0L) > totalLimit) {
      throw new KvFullException(totalLimit);
    }
    entries.put(key, entry.encode());
    old.ifPresent(gone -> forget(key, gone));
    entry.facts().expiration().ifPresent(time -> due.put(Due.key(time, key), new byte[0]));
    if (entry.content() instanceof Entry.Content.Blocks(var id)) {
      blobs.keep(id);
    }
    numbers.put(TOTAL, total() + entry.bytes(key));
  }

  private long total() {
    return numbers.getOrDefault(TOTAL, 0L);
  }

  private void dropExpired() {
    long now = now();
    for (int i = 0; i < EXPIRED_AT_ONCE; i++) {
      byte[] first = due.firstKey();
      if (first == null || Due.time(first) > now) {
        return;
      }
      remove(Due.nameIn(first));
      due.remove(first);
    }
  }

  private void remove(byte[] key) {
    Optional<Entry> old = entry(key);
    entries.remove(key);
    old.ifPresent(gone -> forget(key, gone));
  }

  /** All that belonged to an entry that is no longer there. */
  private void forget(byte[] key, Entry gone) {
    gone.facts().expiration().ifPresent(time -> due.remove(Due.key(time, key)));
    numbers.put(TOTAL, total() - gone.bytes(key));
    if (gone.content() instanceof Entry.Content.Blocks(var id)) {
      blobs.release(id);
    }
  }

  @Override
  public void delete(byte[] key) throws IOException {
    if (entries.containsKey(key)) {
      writes.make(AT_ONCE, () -> remove(key));
    }
  }

  @Override
  public Page list(byte[] prefix, Optional<byte[]> after, int limit) {
    var version = store.registerVersionUsage();
    try {
      return page(prefix, after, limit);
    } finally {
      store.deregisterVersionUsage(version);
    }
  }

  private Page page(byte[] prefix, Optional<byte[]> after, int limit) {
    long now = now();
    List<Listed> keys = new ArrayList<>();
    byte[] from = after.filter(key -> Arrays.compareUnsigned(key, prefix) > 0).orElse(prefix);
    Cursor<byte[], byte[]> cursor = entries.cursor(from);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (!startsWith(key, prefix)) {
        break;
      }
      Entry entry = Entry.decode(cursor.getValue());
      boolean isListed = after.isPresent() && Arrays.equals(key, after.get());
      if (!isListed && !entry.isGone(now)) {
        if (keys.size() == limit) {
          return new Page(keys, false);
        }
        keys.add(new Listed(key, entry.facts()));
      }
    }
    return new Page(keys, true);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    writes.close();
    store.close(CLOSING_MILLIS);
  }
}
