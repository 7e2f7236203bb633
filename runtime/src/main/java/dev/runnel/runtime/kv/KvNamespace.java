package dev.runnel.runtime.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import dev.runnel.runtime.binding.BodyInput;
import dev.runnel.runtime.binding.Details;
import dev.runnel.runtime.binding.InputBody;
import dev.runnel.runtime.binding.Pipe;
import dev.runnel.runtime.binding.Resource;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace as programs ask it: {@code internal/kv.js} is the other half. Checks keys, values and
 * options here, whatever the guest's JavaScript has checked, and does each operation on a virtual
 * thread. https://developers.cloudflare.com/kv/platform/limits/
 */
public final class KvNamespace implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(KvNamespace.class);

  private final KvStore store;
  private final KvLimits limits;
  private final KvRules rules;

  public KvNamespace(KvStore store, KvLimits limits) {
    this(store, limits, InstantSource.system());
  }

  KvNamespace(KvStore store, KvLimits limits, InstantSource clock) {
    this.store = store;
    this.limits = limits;
    this.rules = new KvRules(limits, clock);
  }

  @Override
  public int operationsPerRequest() {
    return limits.operations();
  }

  /** What is done on a thread of its own. */
  @FunctionalInterface
  private interface Operation {
    void run(Fetcher.Answer answer) throws IOException, KvRefusal;
  }

  @Override
  public Fetcher.Call ask(Question question, Fetcher.Answer answer) {
    JsonObject details = question.details();
    return switch (question.operation()) {
      case "get" -> {
        String key = Details.string(details, "key");
        yield begin(answer, to -> get(key, to));
      }
      case "bulk" -> {
        List<String> keys = Details.strings(details, "keys");
        yield begin(answer, to -> bulk(keys, to));
      }
      case "delete" -> {
        String key = Details.string(details, "key");
        yield begin(answer, to -> delete(key, to));
      }
      case "list" -> {
        KvRules.Listing listing = KvRules.Listing.of(details);
        yield begin(answer, to -> list(listing, to));
      }
      case "put" -> put(KvRules.Putting.of(details), question.body(), answer);
      case String other -> throw HostError.type("", "KV has no operation \"%s\".", other);
    };
  }

  private static Fetcher.Call begin(Fetcher.Answer answer, Operation operation) {
    Thread.startVirtualThread(() -> run(answer, operation));
    return Fetcher.Call.OVER;
  }

  private static void run(Fetcher.Answer answer, Operation operation) {
    try {
      operation.run(answer);
    } catch (KvRefusal refusal) {
      reply(answer, refusal.status(), refusal.sentence(), List.of(), RequestBody.EMPTY);
    } catch (KvFullException e) {
      reply(answer, 507, String.valueOf(e.getMessage()), List.of(), RequestBody.EMPTY);
    } catch (BodyInput.Broken e) {
      reply(answer, 400, String.valueOf(e.getMessage()), List.of(), RequestBody.EMPTY);
    } catch (IOException | RuntimeException e) {
      LOG.warn("A KV operation failed: {}", e.toString());
      reply(answer, 503, "The store failed.", List.of(), RequestBody.EMPTY);
    }
  }

  private static void reply(
      Fetcher.Answer answer, int status, String reason, List<Header> headers, RequestBody body) {
    answer.head(new ResponseHead(status, reason, headers), body);
  }

  private void get(String key, Fetcher.Answer answer) throws IOException, KvRefusal {
    Optional<KvStore.Found> found = store.get(rules.key(key));
    if (found.isEmpty()) {
      reply(answer, 404, "", List.of(), RequestBody.EMPTY);
      return;
    }
    List<Header> headers = new ArrayList<>();
    found.get().facts().metadata().ifPresent(json -> headers.add(new Header("metadata", json)));
    reply(answer, 200, "", headers, new InputBody(found.get().content()));
  }

  private void bulk(List<String> keys, Fetcher.Answer answer) throws IOException, KvRefusal {
    rules.checkBulk(keys);
    var values = new JsonObject();
    long left = limits.valueBytes();
    for (String key : keys) {
      Optional<KvStore.Found> found = store.get(rules.key(key));
      if (found.isPresent()) {
        try (InputStream content = found.get().content()) {
          left -= found.get().length();
          if (left < 0) {
            throw new KvRefusal(
                413, "Total size of request exceeds the limit of %d bytes.", limits.valueBytes());
          }
          var value = new JsonObject();
          value.addProperty("value", new String(content.readAllBytes(), UTF_8));
          found.get().facts().metadata().ifPresent(json -> value.addProperty("metadata", json));
          values.add(key, value);
        }
      }
    }
    reply(answer, 200, "", List.of(), RequestBody.of(values.toString().getBytes(UTF_8)));
  }

  private void delete(String key, Fetcher.Answer answer) throws IOException, KvRefusal {
    store.delete(rules.key(key));
    reply(answer, 200, "", List.of(), RequestBody.EMPTY);
  }

  private void list(KvRules.Listing listing, Fetcher.Answer answer) throws IOException, KvRefusal {
    KvStore.Page page =
        store.list(rules.prefix(listing), rules.cursor(listing), rules.limit(listing));
    byte[] json = KvPages.json(page).getBytes(UTF_8);
    reply(answer, 200, "", List.of(), RequestBody.of(json));
  }

  private Fetcher.Call put(
      KvRules.Putting putting, OutgoingRequest.Body body, Fetcher.Answer answer) {
    var upload = new Pipe(() -> {});
    begin(answer, to -> put(putting, input(body, upload), to));
    return new Upload(upload);
  }

  private static InputStream input(OutgoingRequest.Body body, Pipe upload) {
    return switch (body) {
      case OutgoingRequest.Body.None() -> InputStream.nullInputStream();
      case OutgoingRequest.Body.Whole(var bytes) -> new ByteArrayInputStream(bytes);
      case OutgoingRequest.Body.Streamed() -> new BodyInput(upload);
    };
  }

  /** The rest of a value that is refused is taken and dropped: its sender needn't wait. */
  private void put(KvRules.Putting putting, InputStream input, Fetcher.Answer answer)
      throws IOException, KvRefusal {
    try (input) {
      byte[] key = rules.key(putting.key());
      KvStore.Facts facts = rules.facts(putting);
      if (input instanceof ByteArrayInputStream whole) {
        rules.checkLength(whole.available());
      }
      store.put(key, facts, new LimitedInput(input, limits.valueBytes()));
      reply(answer, 200, "", List.of(), RequestBody.EMPTY);
    } catch (LimitedInput.TooLong e) {
      throw new KvRefusal(413, "Value length exceeds limit of %d.", limits.valueBytes());
    }
  }

  /** A value on its way into the store. */
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
      pipe.fail(new IOException("The program gave up the value."));
    }
  }
}
