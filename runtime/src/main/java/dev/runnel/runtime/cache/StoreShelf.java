package dev.runnel.runtime.cache;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.runtime.binding.InputBody;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Responses in a store that other processes use as well. */
final class StoreShelf implements Shelf {
  private final CacheStore store;

  StoreShelf(CacheStore store) {
    this.store = store;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  private static String text(Key key) {
    return key.cache() + "\n" + key.url();
  }

  @Override
  public Optional<Kept> find(Key key, Instant now) {
    try {
      return store.get(text(key)).map(StoreShelf::kept).filter(kept -> kept.until().isAfter(now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kept kept(CacheStore.Found found) {
    JsonObject facts = JsonParser.parseString(found.facts()).getAsJsonObject();
    return new Kept(
        facts.get("status").getAsInt(),
        facts.get("reason").getAsString(),
        HeaderRules.parse(facts.get("headers").getAsString()),
        new Streamed(found.body(), found.length()),
        Instant.ofEpochMilli(facts.get("since").getAsLong()),
        Instant.ofEpochMilli(facts.get("until").getAsLong()));
  }

  @Override
  public void put(Key key, Kept kept, long reservation) {
    var facts = new JsonObject();
    facts.addProperty("status", kept.status());
    facts.addProperty("reason", kept.reason());
    facts.addProperty("headers", HeaderRules.join(kept.headers()));
    facts.addProperty("since", kept.since().toEpochMilli());
    facts.addProperty("until", kept.until().toEpochMilli());
    try (InputStream body = kept.content().stream()) {
      store.put(text(key), facts.toString(), kept.until(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      kept.content().drop();
    }
  }

  @Override
  public boolean remove(Key key) {
    try {
      Optional<CacheStore.Found> found = store.get(text(key));
      if (found.isPresent()) {
        found.get().body().close();
        store.delete(text(key));
      }
      return found.isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The store has a limit of its own. */
  @Override
  public boolean reserve(long more) {
    return true;
  }

  @Override
  public void release(long reservation) {}

  @Override
  public void close() {
    store.close();
  }

  /** A body that the store gives, once. */
  record Streamed(InputStream stream, long length) implements Content {
    @Override
    public RequestBody part(long from, long count) {
      try {
        stream.skipNBytes(from);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new InputBody(new InFile.Limited(stream, count));
    }

    @Override
    public void unused() {
      drop();
    }

    @Override
    public void drop() {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
