package dev.runnel.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.runtime.kv.KvFullException;
import dev.runnel.runtime.kv.KvStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store of a namespace does. */
@Timeout(60)
abstract class KvStoreContract {
  static final long LIMIT = 4 << 20;
  private static final KvStore.Facts PLAIN = new KvStore.Facts(Optional.empty(), Optional.empty());

  /** The tests' own time. */
  static final class Clock implements InstantSource {
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    @Override
    public Instant instant() {
      return now;
    }
  }

  final Clock clock = new Clock();
  private KvStore store;

  abstract KvStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void aValueIsThereUntilItIsDeletedOrReplaced() throws Exception {
    assertThat(text("a")).isEmpty();
    put("a", "one");
    put("a", "two");
    put("b", "");
    assertThat(text("a")).contains("two");
    assertThat(text("b")).contains("");

    store.delete(key("a"));
    store.delete(key("none"));

    assertThat(text("a")).isEmpty();
    assertThat(names("", 10)).containsExactly("b");
  }

  @Test
  void whatWasPutIsThereAfterTheStoreWasClosed() throws Exception {
    byte[] large = bytes(1_000_003);
    store.put(key("large"), facts("{\"a\":1}", 1_900_000_000L), stream(large));
    put("small", "x");
    store.close();

    store = open();

    KvStore.Found found = store.get(key("large")).orElseThrow();
    try (InputStream content = found.content()) {
      assertThat(content.readAllBytes()).isEqualTo(large);
    }
    assertThat(found.length()).isEqualTo(large.length);
    assertThat(found.facts()).isEqualTo(facts("{\"a\":1}", 1_900_000_000L));
    assertThat(text("small")).contains("x");
  }

  @Test
  void oneWhoReadsAValueReadsThatValueWhateverIsWrittenMeanwhile() throws Exception {
    byte[] first = bytes(700_000);
    store.put(key("k"), PLAIN, stream(first));
    try (InputStream reading = store.get(key("k")).orElseThrow().content()) {
      byte[] start = reading.readNBytes(10);
      store.put(key("k"), PLAIN, stream(new byte[500_000]));
      store.delete(key("k"));

      byte[] rest = reading.readAllBytes();

      assertThat(start).isEqualTo(Arrays.copyOf(first, 10));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(first, 10, first.length));
    }
  }

  @Test
  void aValueThatBreaksOffIsNotPutAndLeavesTheOldOne() throws Exception {
    put("k", "old");
    var broken =
        new InputStream() {
          private int left = 600_000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("broken");
            }
            return 1;
          }
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.put(key("k"), PLAIN, broken));

    assertThat(text("k")).contains("old");
  }

  @Test
  void noMoreIsHeldThanTheLimitAndWhatIsDeletedMakesRoom() throws Exception {
    store.put(key("a"), PLAIN, stream(bytes(3 << 20)));
    assertThatExceptionOfType(KvFullException.class)
        .isThrownBy(() -> store.put(key("b"), PLAIN, stream(bytes(2 << 20))));
    assertThat(text("b")).isEmpty();

    store.put(key("a"), PLAIN, stream(bytes(1 << 20)));
    store.put(key("b"), PLAIN, stream(bytes(2 << 20)));
    store.delete(key("b"));
    store.put(key("c"), PLAIN, stream(bytes(2 << 20)));

    assertThat(names("", 10)).containsExactly("a", "c");
  }

  @Test
  void whatHasExpiredIsGoneAndMakesRoom() throws Exception {
    long now = clock.millis() / 1000;
    store.put(key("later"), facts("1", now + 200), stream(bytes(10)));
    store.put(key("soon"), facts("1", now + 100), stream(bytes(3 << 20)));
    put("always", "x");
    assertThat(names("", 10)).containsExactly("always", "later", "soon");

    clock.now = clock.now.plusSeconds(100);

    assertThat(text("soon")).isEmpty();
    assertThat(names("", 10)).containsExactly("always", "later");
    store.put(key("other"), PLAIN, stream(bytes(3 << 20)));
    store.put(key("later"), PLAIN, stream(bytes(10)));
    clock.now = clock.now.plusSeconds(1000);
    assertThat(names("", 10)).containsExactly("always", "later", "other");
  }

  @Test
  void aListIsInTheOrderOfTheKeysBytesPageByPage() throws Exception {
    List<String> keys = List.of("a", "a/1", "a/10", "a/2", "b", "\uffee", "\ud83d\ude00");
    for (String key : keys.reversed()) {
      put(key, "x");
    }

    assertThat(names("", 100)).containsExactlyElementsOf(keys);
    assertThat(names("a/", 100)).containsExactly("a/1", "a/10", "a/2");
    assertThat(names("none", 100)).isEmpty();
    KvStore.Page first = store.list(key("a"), Optional.empty(), 3);
    assertThat(first.complete()).isFalse();
    KvStore.Page second = store.list(key("a"), Optional.of(first.keys().getLast().key()), 3);
    assertThat(second.complete()).isTrue();
    assertThat(names(second)).containsExactly("a/2");
    assertThat(store.list(key("a"), Optional.of(key("zz")), 3).keys()).isEmpty();
  }

  @Test
  void manyMayWriteAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String name = "k" + i;
        int length = i % 10 == 0 ? 10_000 : 10;
        tasks.add(
            () -> {
              store.put(key(name), PLAIN, stream(bytes(length)));
              return null;
            });
      }
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    }

    assertThat(names("k", 1000)).hasSize(200);
  }

  void put(String key, String value) throws IOException {
    store.put(key(key), PLAIN, stream(value.getBytes(UTF_8)));
  }

  Optional<String> text(String key) throws IOException {
    Optional<KvStore.Found> found = store.get(key(key));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = found.get().content()) {
      return Optional.of(new String(content.readAllBytes(), UTF_8));
    }
  }

  private List<String> names(String prefix, int limit) throws IOException {
    return names(store.list(key(prefix), Optional.empty(), limit));
  }

  private static List<String> names(KvStore.Page page) {
    return page.keys().stream().map(listed -> new String(listed.key(), UTF_8)).toList();
  }

  static byte[] key(String name) {
    return name.getBytes(UTF_8);
  }

  private static KvStore.Facts facts(String metadata, long expiration) {
    return new KvStore.Facts(Optional.of(metadata), Optional.of(expiration));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }
}
