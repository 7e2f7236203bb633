package dev.runnel.runtime.cache;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.runnel.engine.HostError;
import dev.runnel.runtime.binding.BodyInput;
import dev.runnel.runtime.binding.Details;
import dev.runnel.runtime.binding.Pipe;
import dev.runnel.runtime.binding.Resource;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code caches} as programs ask it: {@code web/cache.js} is the other half. All isolates of a
 * worker share one; two workers may, too. Safe from any thread.
 */
public final class Caches implements Resource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Caches.class);
  private static final int CHUNK = 64 << 10;
  private static final int MAX_URL = 16 << 10;

  private final CacheLimits limits;
  private final Content.Place place;
  private final Shelf shelf;
  private final InstantSource clock;

  private Caches(CacheLimits limits, Content.Place place, Shelf shelf, InstantSource clock) {
    this.limits = limits;
    this.place = place;
    this.shelf = shelf;
    this.clock = clock;
  }

  private Caches(CacheLimits limits, Content.Place place, InstantSource clock) {
    this(limits, place, new LocalShelf(limits.totalBytes()), clock);
  }

  public static Caches inMemory(CacheLimits limits) {
    return new Caches(limits, Content.Place.MEMORY, InstantSource.system());
  }

  static Caches inMemory(CacheLimits limits, InstantSource clock) {
    return new Caches(limits, Content.Place.MEMORY, clock);
  }

  /**
   * Bodies are in files of that folder, which no other cache may use; what an earlier process left
   * there is deleted.
   */
  public static Caches in(Path folder, CacheLimits limits) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "body*.cached")) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    return new Caches(limits, Content.Place.in(folder), InstantSource.system());
  }

  /**
   * In a store that other processes use as well, and which limits what all responses come to. It is
   * given away.
   */
  public static Caches in(CacheStore store, CacheLimits limits) {
    return in(store, limits, InstantSource.system());
  }

  static Caches in(CacheStore store, CacheLimits limits, InstantSource clock) {
    return new Caches(limits, Content.Place.TEMPORARY, new StoreShelf(store), clock);
  }

  @Override
  public int operationsPerRequest() {
    return limits.operations();
  }

  @Override
  public Fetcher.Call ask(Question question, Fetcher.Answer answer) {
    JsonObject details = question.details();
    var key = new Shelf.Key(Details.string(details, "cache"), Details.string(details, "url"));
    if (key.cache().length() + key.url().length() > MAX_URL) {
      throw HostError.type("", "A cache's URLs have at most %d characters.", MAX_URL);
    }
    List<Header> headers = HeaderRules.parse(Details.optionalString(details, "headers").orElse(""));
    return switch (question.operation()) {
      case "match" -> begin(answer, () -> match(key, headers, answer));
      case "delete" -> begin(answer, () -> reply(answer, shelf.remove(key) ? 200 : 404, ""));
      case "put" -> put(key, details, headers, question.body(), answer);
      case String other -> throw HostError.type("", "A cache has no operation \"%s\".", other);
    };
  }

  /**
   * At once, or on a thread of its own when that may take its time. A store that fails is a miss.
   */
  private Fetcher.Call begin(Fetcher.Answer answer, Runnable operation) {
    if (shelf.blocks()) {
      Thread.startVirtualThread(
          () -> {
            try {
              operation.run();
            } catch (UncheckedIOException | JsonParseException | HostError e) {
              LOG.warn("The cache's store failed: {}", e.toString());
              reply(answer, 504, "");
            }
          });
    } else {
      operation.run();
    }
    return Fetcher.Call.OVER;
  }

  private static Fetcher.Call reply(Fetcher.Answer answer, int status, String reason) {
    answer.head(new ResponseHead(status, reason, List.of()), RequestBody.EMPTY);
    return Fetcher.Call.OVER;
  }

  /** The status 504 stands for a miss, as only-if-cached has it (RFC 9111, section 5.2.1.7). */
  private void match(Shelf.Key key, List<Header> request, Fetcher.Answer answer) {
    Optional<Shelf.Kept> kept = shelf.find(key, clock.instant());
    try {
      kept.ifPresentOrElse(found -> answer(found, request, answer), () -> reply(answer, 504, ""));
    } catch (UncheckedIOException e) {
      // Its file is gone: it has given way meanwhile.
      reply(answer, 504, "");
    }
  }

  private void answer(Shelf.Kept kept, List<Header> request, Fetcher.Answer answer) {
    long length = kept.content().length();
    Selection selection =
        kept.status() == 200
            ? Selection.of(request, kept.headers(), length)
            : new Selection.Whole();
    List<Header> headers = new ArrayList<>(kept.headers());
    long age = Duration.between(kept.since(), clock.instant()).toSeconds();
    headers.add(new Header("age", Long.toString(Math.max(0, age))));
    headers.add(new Header("cf-cache-status", "HIT"));
    switch (selection) {
      case Selection.Whole() -> {
        headers.add(new Header("content-length", Long.toString(length)));
        RequestBody body = kept.content().part(0, length);
        answer.head(new ResponseHead(kept.status(), kept.reason(), headers), body);
      }
      case Selection.Range(long from, long count) -> {
        headers.add(new Header("content-length", Long.toString(count)));
        String range = "bytes %d-%d/%d".formatted(from, from + count - 1, length);
        headers.add(new Header("content-range", range));
        RequestBody body = kept.content().part(from, count);
        answer.head(new ResponseHead(206, "Partial Content", headers), body);
      }
      case Selection.NotModified() -> {
        kept.content().unused();
        answer.head(new ResponseHead(304, "Not Modified", headers), RequestBody.EMPTY);
      }
      case Selection.Unsatisfiable() -> {
        kept.content().unused();
        headers.add(new Header("content-range", "bytes */" + length));
        answer.head(new ResponseHead(416, "Range Not Satisfiable", headers), RequestBody.EMPTY);
      }
    }
  }

  private Fetcher.Call put(
      Shelf.Key key,
      JsonObject details,
      List<Header> headers,
      OutgoingRequest.Body body,
      Fetcher.Answer answer) {
    int status = (int) Details.optionalNumber(details, "status").orElse(200);
    HeaderRules.status(status, 200);
    String reason = HeaderRules.reason(Details.optionalString(details, "reason").orElse(""));
    Instant now = clock.instant();
    Duration fresh = Freshness.of(status, headers, now);
    if (fresh.isZero()) {
      return begin(
          answer,
          () -> {
            shelf.remove(key);
            reply(answer, 204, "");
          });
    }
    // Where it may be kept at all, it is without its cookie.
    List<Header> kept =
        headers.stream().filter(header -> !header.name().equalsIgnoreCase("set-cookie")).toList();
    var upload = new Pipe(() -> {});
    InputStream input = input(body, upload);
    Thread.startVirtualThread(
        () ->
            keep(
                input,
                answer,
                (content, reservation) ->
                    shelf.put(
                        key,
                        new Shelf.Kept(status, reason, kept, content, now, now.plus(fresh)),
                        reservation)));
    return new Upload(upload);
  }

  private static InputStream input(OutgoingRequest.Body body, Pipe upload) {
    return switch (body) {
      case OutgoingRequest.Body.None() -> InputStream.nullInputStream();
      case OutgoingRequest.Body.Whole(var bytes) -> new ByteArrayInputStream(bytes);
      case OutgoingRequest.Body.Streamed() -> new BodyInput(upload);
    };
  }

  /** Takes a whole body and what was reserved for it. */
  @FunctionalInterface
  private interface Arrived {
    void put(Content content, long reservation);
  }

  private void keep(InputStream input, Fetcher.Answer answer, Arrived arrived) {
    long taken = 0;
    boolean isKept = false;
    Content.Writer writer = null;
    try (input) {
      writer = place.writer();
      byte[] bytes = input.readNBytes(CHUNK);
      while (bytes.length > 0) {
        if (taken + bytes.length > limits.entryBytes() || !shelf.reserve(bytes.length)) {
          reply(answer, 413, "The response is larger than the cache takes.");
          return;
        }
        taken += bytes.length;
        writer.write(bytes);
        bytes = input.readNBytes(CHUNK);
      }
      Content content = writer.finished();
      isKept = true;
      arrived.put(content, taken);
      reply(answer, 204, "");
    } catch (BodyInput.Broken e) {
      reply(answer, 400, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      reply(answer, 503, "The cache failed.");
    } finally {
      if (!isKept) {
        shelf.release(taken);
        if (writer != null) {
          writer.giveUp();
        }
      }
    }
  }

  @Override
  public void close() {
    shelf.close();
  }

  /** A body on its way into a cache. */
  private record Upload(Pipe pipe) implements Fetcher.Call {
    @Override
    public void write(ByteBuffer bytes, Runnable written) {
      pipe.write(bytes, written);
    }

    @Override
    public void end() {
      pipe.end();
    }

    @Override
    public void abort() {
      pipe.fail(new IOException("The program gave up the response."));
    }
  }
}
