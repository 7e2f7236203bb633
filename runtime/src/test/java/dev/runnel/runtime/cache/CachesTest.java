package dev.runnel.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import dev.runnel.runtime.binding.BodyInput;
import dev.runnel.runtime.binding.Resource;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CachesTest {
  private static final CacheLimits LIMITS = new CacheLimits(10_000, 4_000, 10);

  @TempDir Path folder;
  private Instant now = Instant.ofEpochSecond(1_800_000_000);

  private record Answered(ResponseHead head, RequestBody body) {}

  @Test
  void theOneThatWasNotUsedForLongestGivesWay() throws Exception {
    try (Caches caches = Caches.inMemory(LIMITS)) {
      assertThat(put(caches, "a", 3_000)).isEqualTo(204);
      assertThat(put(caches, "b", 3_000)).isEqualTo(204);
      assertThat(length(caches, "a")).isEqualTo(3_000);
      assertThat(put(caches, "c", 3_500)).isEqualTo(204);

      assertThat(length(caches, "b")).isEqualTo(-1);
      assertThat(length(caches, "a")).isEqualTo(3_000);
      assertThat(length(caches, "c")).isEqualTo(3_500);
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefusedAndTheOldOneStays() throws Exception {
    try (Caches caches = Caches.inMemory(LIMITS)) {
      put(caches, "a", 10);

      assertThat(put(caches, "a", 4_001)).isEqualTo(413);
      assertThat(length(caches, "a")).isEqualTo(10);
    }
  }

  @Test
  void aBodyThatIsStreamedIsCutOffAtTheLimitAndItsSenderSetFree() throws Exception {
    try (Caches caches = Caches.inMemory(LIMITS)) {
      var answered = new CompletableFuture<Answered>();
      Fetcher.Call call =
          caches.ask(question("put", "a", new OutgoingRequest.Body.Streamed()), to(answered));
      int written = 0;
      while (!answered.isDone()) {
        var taken = new CompletableFuture<Void>();
        call.write(ByteBuffer.allocate(1_000), () -> taken.complete(null));
        taken.get();
        written += 1_000;
        assertThat(written).isLessThan(100 << 20);
      }

      assertThat(answered.get().head().status()).isEqualTo(413);
      assertThat(length(caches, "a")).isEqualTo(-1);
      assertThat(put(caches, "b", 4_000)).isEqualTo(204);
    }
  }

  @Test
  void whatIsNotFreshAnyMoreIsGone() throws Exception {
    try (Caches caches = Caches.inMemory(LIMITS, () -> now)) {
      put(caches, "a", 10);
      now = now.plusSeconds(59);
      assertThat(length(caches, "a")).isEqualTo(10);
      now = now.plusSeconds(1);
      assertThat(length(caches, "a")).isEqualTo(-1);
    }
  }

  @Test
  void bodiesInFilesAreReadToTheEndWhenTheyGiveWayAndLeaveNothingBehind() throws Exception {
    Files.writeString(folder.resolve("body-left.cached"), "old");
    Files.writeString(folder.resolve("other"), "not ours");
    try (Caches caches = Caches.in(folder, LIMITS)) {
      put(caches, "a", 3_000);
      assertThat(files()).hasSize(2);
      Answered kept = ask(caches, question("match", "a", new OutgoingRequest.Body.None()));
      put(caches, "b", 4_000);
      put(caches, "c", 4_000);
      assertThat(length(caches, "a")).isEqualTo(-1);

      assertThat(new BodyInput(kept.body()).readAllBytes()).hasSize(3_000);
      assertThat(put(caches, "d", 4_001)).isEqualTo(413);
    }
    assertThat(files()).containsExactly(folder.resolve("other"));
  }

  @Test
  void cachesWithOneStoreHaveTheSameResponses() throws Exception {
    var store = new FakeStore();
    try (Caches one = Caches.in(store, LIMITS, () -> now);
        Caches other = Caches.in(store, LIMITS, () -> now)) {
      assertThat(put(one, "a", 3_000)).isEqualTo(204);
      assertThat(put(one, "b", 4_001)).isEqualTo(413);

      assertThat(length(other, "a")).isEqualTo(3_000);
      assertThat(length(other, "b")).isEqualTo(-1);
      var part = question("match", "a", new OutgoingRequest.Body.None());
      part.details().addProperty("headers", "range\nbytes=10-19");
      Answered found = ask(other, part);
      assertThat(found.head().status()).isEqualTo(206);
      assertThat(new BodyInput(found.body()).readAllBytes()).hasSize(10);

      var deletion = question("delete", "a", new OutgoingRequest.Body.None());
      assertThat(ask(other, deletion).head().status()).isEqualTo(200);
      assertThat(ask(other, deletion).head().status()).isEqualTo(404);
      assertThat(length(one, "a")).isEqualTo(-1);

      put(one, "a", 10);
      now = now.plusSeconds(60);
      assertThat(length(other, "a")).isEqualTo(-1);
    }
  }

  @Test
  void aStoreThatFailsIsAMiss() throws Exception {
    var store = new FakeStore();
    try (Caches caches = Caches.in(store, LIMITS, () -> now)) {
      put(caches, "a", 10);
      store.fails = true;

      assertThat(length(caches, "a")).isEqualTo(-1);
      assertThat(put(caches, "b", 10)).isEqualTo(503);
    }
  }

  /** Keeps everything as it came. */
  private static final class FakeStore implements CacheStore {
    private record Entry(String facts, byte[] body) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean fails;

    private void check() throws IOException {
      if (fails) {
        throw new IOException("It is away.");
      }
    }

    @Override
    public Optional<Found> get(String key) throws IOException {
      check();
      return Optional.ofNullable(entries.get(key))
          .map(
              entry ->
                  new Found(
                      entry.facts(), entry.body().length, new ByteArrayInputStream(entry.body())));
    }

    @Override
    public void put(String key, String facts, Instant until, InputStream body) throws IOException {
      check();
      entries.put(key, new Entry(facts, body.readAllBytes()));
    }

    @Override
    public void delete(String key) throws IOException {
      check();
      entries.remove(key);
    }

    @Override
    public void close() {}
  }

  @Test
  void headersThatCouldBeReadInTwoWaysAreRefused() {
    try (Caches caches = Caches.inMemory(LIMITS)) {
      var question = question("put", "a", new OutgoingRequest.Body.None());
      question.details().addProperty("headers", "x\na\r\nb");

      assertThatThrownBy(() -> caches.ask(question, to(new CompletableFuture<>())))
          .isInstanceOf(HostError.class);
    }
  }

  private Stream<Path> files() throws IOException {
    return Files.list(folder);
  }

  private static int put(Caches caches, String name, int length) throws Exception {
    var body = new OutgoingRequest.Body.Whole(new byte[length]);
    return ask(caches, question("put", name, body)).head().status();
  }

  /** -1 for what isn't there. */
  private static int length(Caches caches, String name) throws Exception {
    Answered found = ask(caches, question("match", name, new OutgoingRequest.Body.None()));
    return found.head().status() == 504 ? -1 : new BodyInput(found.body()).readAllBytes().length;
  }

  private static Answered ask(Caches caches, Resource.Question question) throws Exception {
    var answered = new CompletableFuture<Answered>();
    caches.ask(question, to(answered));
    return answered.get();
  }

  private static Resource.Question question(
      String operation, String name, OutgoingRequest.Body body) {
    var details = new JsonObject();
    details.addProperty("cache", "");
    details.addProperty("url", "https://a/" + name);
    details.addProperty("status", 200);
    details.addProperty("headers", operation.equals("put") ? "cache-control\nmax-age=60" : "");
    return new Resource.Question(operation, details, body);
  }

  private static Fetcher.Answer to(CompletableFuture<Answered> answered) {
    return new Fetcher.Answer() {
      @Override
      public void head(ResponseHead head, RequestBody body) {
        answered.complete(new Answered(head, body));
      }

      @Override
      public void failed(String code, String message) {
        answered.completeExceptionally(new IOException(code + " " + message));
      }
    };
  }
}
