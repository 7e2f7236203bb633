package dev.runnel.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.kv.KvFullException;
import dev.runnel.runtime.kv.KvStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A namespace on a Redis server, which several processes may share. Under {@code runnel:{NAME}:}
 * stand the entries (a hash), their keys in the order of their bytes, the expirations, each entry's
 * size and the sum of them; values that are not small have a key of their own each. One script
 * changes all of it at once.
 */
public final class RedisKvStore implements KvStore {
  private static final int CONNECTIONS = 32;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int BLOCK_BYTES = 256 << 10;

  /** How long an unfinished value is kept, and one that was overwritten for those who read it. */
  private static final long SPARE_SECONDS = 900;

  private static final byte[] PUT =
      """
      local entries, keys, due, sizes, total = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
      local key, record, size, limit, expiration, now, spare = unpack(ARGV)
      for _, gone in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, 100)) do
        redis.call('DECRBY', total, redis.call('HGET', sizes, gone) or 0)
        redis.call('HDEL', sizes, gone)
        redis.call('HDEL', entries, gone)
        redis.call('ZREM', keys, gone)
        redis.call('ZREM', due, gone)
      end
      local sum = tonumber(redis.call('GET', total) or 0) + size - (redis.call('HGET', sizes, key) or 0)
      if sum > tonumber(limit) then return redis.error_reply('RUNNELFULL') end
      local old = redis.call('HGET', entries, key)
      redis.call('HSET', entries, key, record)
      redis.call('ZADD', keys, 0, key)
      redis.call('HSET', sizes, key, size)
      redis.call('SET', total, sum)
      if expiration == '0' then redis.call('ZREM', due, key) else redis.call('ZADD', due, expiration, key) end
      if KEYS[6] then
        if expiration == '0' then redis.call('PERSIST', KEYS[6])
        else redis.call('EXPIREAT', KEYS[6], expiration + spare) end
      end
      return old
      """
          .getBytes(UTF_8);

  private static final byte[] DELETE =
      """
      local old = redis.call('HGET', KEYS[1], ARGV[1])
      if old then
        redis.call('DECRBY', KEYS[5], redis.call('HGET', KEYS[4], ARGV[1]) or 0)
        for _, at in ipairs({KEYS[1], KEYS[4]}) do redis.call('HDEL', at, ARGV[1]) end
        for _, at in ipairs({KEYS[2], KEYS[3]}) do redis.call('ZREM', at, ARGV[1]) end
      end
      return old
      """
          .getBytes(UTF_8);

  private final JedisPooled redis;

  /** The pool of connections spins when it is empty, so nobody asks it then. */
  private final Semaphore turns = new Semaphore(CONNECTIONS);

  private final String prefix;
  private final long totalLimit;
  private final InstantSource clock;
  private final byte[] entries;
  private final byte[] keys;
  private final List<byte[]> all;

  private RedisKvStore(JedisPooled redis, String name, long totalLimit, InstantSource clock) {
    this.redis = redis;
    this.prefix = "runnel:{" + name + "}:";
    this.totalLimit = totalLimit;
    this.clock = clock;
    this.entries = named("entries");
    this.keys = named("keys");
    this.all = List.of(entries, keys, named("due"), named("sizes"), named("bytes"));
  }

  /**
   * Connects to {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for
   * TLS.
   *
   * @param name the namespace's, part of every key
   * @throws IOException when the server can't be reached or refuses
   */
  public static RedisKvStore connect(URI url, String name, long totalLimit) throws IOException {
    return connect(url, name, totalLimit, InstantSource.system());
  }

  static RedisKvStore connect(URI url, String name, long totalLimit, InstantSource clock)
      throws IOException {
    var store = new RedisKvStore(client(url), name, totalLimit, clock);
    try {
      store.asked(() -> store.redis.exists(store.entries));
    } catch (IOException e) {
      store.close();
      throw new IOException(
          "The Redis server at %s can't be used: %s".formatted(address(url), e.getMessage()), e);
    }
    return store;
  }

  /** Without the password. */
  private static HostAndPort address(URI url) {
    return new HostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort());
  }

  private static JedisPooled client(URI url) {
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(PATIENCE_MILLIS)
            .socketTimeoutMillis(PATIENCE_MILLIS)
            .user(JedisURIHelper.getUser(url))
            .password(JedisURIHelper.getPassword(url))
            .database(JedisURIHelper.getDBIndex(url))
            .ssl(JedisURIHelper.isRedisSSLScheme(url))
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    return new JedisPooled(pool, address(url), config);
  }

  private byte[] named(String name) {
    return (prefix + name).getBytes(UTF_8);
  }

  private byte[] blob(long id) {
    return named("value:" + id);
  }

  private <T> T asked(Supplier<T> command) throws IOException {
    turns.acquireUninterruptibly();
    try {
      return command.get();
    } catch (JedisException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      turns.release();
    }
  }

  private long now() {
    return clock.millis() / 1000;
  }

  @Override
  public Optional<Found> get(byte[] key) throws IOException {
    byte[] record = asked(() -> redis.hget(entries, key));
    if (record == null) {
      return Optional.empty();
    }
    Entry entry = Entry.decode(record);
    return entry.isGone(now())
        ? Optional.empty()
        : Optional.of(new Found(entry.facts(), entry.length(), content(entry)));
  }

  private InputStream content(Entry entry) {
    return switch (entry.content()) {
      case Entry.Content.Inline(var bytes) -> new ByteArrayInputStream(bytes);
      case Entry.Content.Blocks(var id) -> new Reading(blob(id), entry.length());
    };
  }

  @Override
  public void put(byte[] key, Facts facts, InputStream value) throws IOException {
    byte[] start = value.readNBytes(Entry.LONGEST_INLINE + 1);
    if (start.length <= Entry.LONGEST_INLINE) {
      replace(key, new Entry(facts, start.length, new Entry.Content.Inline(start)));
      return;
    }
    long id = asked(() -> redis.incr(named("values")));
    boolean kept = false;
    try {
      long length = upload(blob(id), start, value);
      replace(key, new Entry(facts, length, new Entry.Content.Blocks(id)));
      kept = true;
    } finally {
      if (!kept) {
        asked(() -> redis.del(blob(id)));
      }
    }
  }

  private long upload(byte[] blob, byte[] start, InputStream value) throws IOException {
    long length = 0;
    byte[] block = start;
    while (block.length > 0) {
      byte[] bytes = block;
      asked(() -> redis.append(blob, bytes));
      asked(() -> redis.expire(blob, SPARE_SECONDS));
      length += block.length;
      if (length > totalLimit) {
        throw new KvFullException(totalLimit);
      }
      block = value.readNBytes(BLOCK_BYTES);
    }
    return length;
  }

  private void replace(byte[] key, Entry entry) throws IOException {
    List<byte[]> names = new ArrayList<>(all);
    if (entry.content() instanceof Entry.Content.Blocks(var id)) {
      names.add(blob(id));
    }
    List<byte[]> arguments =
        List.of(
            key,
            entry.encode(),
            number(entry.bytes(key)),
            number(totalLimit),
            number(entry.facts().expiration().orElse(0L)),
            number(now()),
            number(SPARE_SECONDS));
    release(run(PUT, names, arguments));
  }

  private static byte[] number(long value) {
    return Long.toString(value).getBytes(UTF_8);
  }

  private Object run(byte[] script, List<byte[]> names, List<byte[]> arguments) throws IOException {
    try {
      return asked(() -> redis.eval(script, names, arguments));
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("RUNNELFULL")) {
        throw new KvFullException(totalLimit);
      }
      throw e;
    }
  }

  /** The value of an entry that is gone stays for those who read it. */
  private void release(Object record) throws IOException {
    if (record instanceof byte[] bytes
        && Entry.decode(bytes).content() instanceof Entry.Content.Blocks(var id)) {
      asked(() -> redis.expire(blob(id), SPARE_SECONDS));
    }
  }

  @Override
  public void delete(byte[] key) throws IOException {
    release(run(DELETE, all, List.of(key)));
  }

  @Override
  public Page list(byte[] prefix, Optional<byte[]> after, int limit) throws IOException {
    long now = now();
    List<Listed> found = new ArrayList<>();
    byte[] from = from(prefix, after);
    while (true) {
      byte[] start = from;
      List<byte[]> next = asked(() -> redis.zrangeByLex(keys, start, behind(prefix), 0, limit + 1));
      if (next.isEmpty()) {
        return new Page(found, true);
      }
      List<byte[]> records = asked(() -> redis.hmget(entries, next.toArray(byte[][]::new)));
      for (int i = 0; i < next.size(); i++) {
        byte[] record = records.get(i);
        Optional<Entry> entry = Optional.ofNullable(record).map(Entry::decode);
        if (entry.isPresent() && !entry.get().isGone(now)) {
          if (found.size() == limit) {
            return new Page(found, false);
          }
          found.add(new Listed(next.get(i), entry.get().facts()));
        }
      }
      from = marked('(', next.getLast());
    }
  }

  private static byte[] from(byte[] prefix, Optional<byte[]> after) {
    boolean isLater = after.isPresent() && Arrays.compareUnsigned(after.get(), prefix) >= 0;
    return isLater ? marked('(', after.get()) : marked('[', prefix);
  }

  /** The first place behind all keys with that prefix. */
  private static byte[] behind(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return new byte[] {'+'};
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return marked('(', next);
  }

  private static byte[] marked(char mark, byte[] key) {
    byte[] marked = new byte[key.length + 1];
    marked[0] = (byte) mark;
    System.arraycopy(key, 0, marked, 1, key.length);
    return marked;
  }

  @Override
  public void close() {
    redis.close();
  }

  /** A value, block by block. */
  private final class Reading extends InputStream {
    private final byte[] key;
    private final long length;
    private byte[] block = new byte[0];
    private int at;
    private long next;

    Reading(byte[] key, long length) {
      this.key = key;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      return fill() ? block[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
      if (wanted == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(wanted, block.length - at);
      System.arraycopy(block, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (at == block.length && next < length) {
        block = asked(() -> redis.getrange(key, next, next + BLOCK_BYTES - 1));
        at = 0;
        next += block.length;
        if (block.length == 0) {
          throw new IOException("The value is gone from the server.");
        }
      }
      return at < block.length;
    }
  }
}
