package dev.runnel.runtime.host.fetch;

import dev.runnel.engine.JsValue;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.HopByHop;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.limit.Charge;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request that a program makes, until its answer has been read, handed on or given up.
 *
 * <p>Confined to the loop thread; what the network says is posted there.
 */
final class Fetch {
  /** outgoing.js stops writing above it, and goes on below the other. */
  static final int HIGH_WATER_MARK = 64 * 1024;

  private static final int LOW_WATER_MARK = 16 * 1024;

  /** What an answer that nobody wants may still send so that its connection can be used again. */
  private static final int WORTH_READING = 64 * 1024;

  private final int id;
  private final FetchHost owner;
  private final Charge charge;
  private Fetcher.@Nullable Call call;
  private @Nullable RequestBody body;
  private boolean answered;
  private boolean uploading;
  private boolean over;
  private boolean holds;
  private boolean reading;
  private boolean drainAwaited;
  private long unsent;

  /**
   * @param uploading whether a body follows the request's head
   */
  Fetch(int id, boolean uploading, FetchHost owner) {
    this.charge = owner.loop().charged();
    this.id = id;
    this.uploading = uploading;
    this.owner = owner;
  }

  int id() {
    return id;
  }

  /** Waiting for an answer keeps the program alive; an answer that it doesn't read doesn't. */
  void hold() {
    if (!holds) {
      holds = true;
      owner.loop().hold();
    }
  }

  private void release() {
    if (holds && (over || answered && !reading && unsent == 0)) {
      holds = false;
      owner.loop().release();
    }
  }

  void sentAs(Fetcher.Call begun) {
    call = begun;
    if (over) {
      begun.abort();
    }
  }

  /** Where the network's answer arrives. */
  Fetcher.Answer answer() {
    return new Fetcher.Answer() {
      @Override
      public void head(ResponseHead head, RequestBody incoming) {
        post(() -> answered(head, incoming), incoming::cancel);
      }

      @Override
      public void failed(String code, String message) {
        post(() -> refused(code, message), () -> {});
      }
    };
  }

  private void answered(ResponseHead head, RequestBody incoming) {
    if (over) {
      incoming.cancel();
      return;
    }
    body = incoming;
    answered = true;
    release();
    owner.call(
        "fetchHead",
        id,
        JsValue.of(head.status()),
        JsValue.of(head.reason()),
        JsValue.of(HeaderRules.joinInLowerCase(HopByHop.without(head.headers()))));
  }

  private void refused(String code, String message) {
    if (!over) {
      close();
      owner.call("fetchFailed", id, JsValue.of(code), JsValue.of(message));
    }
  }

  /** Returns whether the program may go on writing at once. */
  boolean write(byte[] bytes) {
    if (over || call == null) {
      return false;
    }
    unsent += bytes.length;
    drainAwaited |= unsent >= HIGH_WATER_MARK;
    owner.countUnsent(bytes.length);
    hold();
    call.write(ByteBuffer.wrap(bytes), () -> post(() -> written(bytes.length), () -> {}));
    return !drainAwaited;
  }

  private void written(int length) {
    if (over) {
      return;
    }
    unsent -= length;
    owner.countUnsent(-length);
    if (drainAwaited && unsent <= LOW_WATER_MARK) {
      drainAwaited = false;
      owner.call("fetchWritable", id);
    }
    release();
  }

  void end() {
    if (call != null && uploading) {
      uploading = false;
      call.end();
    }
    if (answered && body == null) {
      close();
    }
  }

  /** The program reads what the body stands for. */
  void decodeWith(UnaryOperator<RequestBody> decoding) {
    if (body != null) {
      body = decoding.apply(body);
    }
  }

  /** Reads one chunk for the program. */
  void pull() {
    RequestBody source = body;
    if (over || reading || source == null) {
      return;
    }
    reading = true;
    hold();
    source.read(
        new RequestBody.Receiver() {
          @Override
          public void chunk(ByteBuffer bytes) {
            delivered(() -> owner.call("fetchChunk", id, new JsValue.Bytes(bytes)));
          }

          @Override
          public void end() {
            delivered(
                () -> {
                  close();
                  owner.call("fetchEnd", id);
                });
          }

          @Override
          public void failed(Throwable cause) {
            delivered(
                () -> {
                  close();
                  owner.call("fetchBroken", id, JsValue.of(sentence(cause)));
                });
          }
        });
  }

  private static String sentence(Throwable cause) {
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }

  private void delivered(Runnable delivery) {
    post(
        () -> {
          reading = false;
          release();
          if (!over) {
            delivery.run();
          }
        },
        () -> {});
  }

  /** Nobody wants the answer. A short one is read so that its connection can be used again. */
  void discard() {
    RequestBody unwanted = body;
    body = null;
    close();
    if (unwanted != null) {
      new Discarding(unwanted, WORTH_READING).next();
    }
  }

  /**
   * Gives the answer's body away, unread; null when there is none any more. What is left of the
   * request's own body still goes out.
   */
  @Nullable RequestBody handOver() {
    RequestBody given = reading || over ? null : body;
    if (given != null) {
      body = null;
      if (!uploading) {
        close();
      }
    }
    return given;
  }

  void abort() {
    if (!over) {
      close();
      if (body != null) {
        body.cancel();
      }
      if (call != null) {
        call.abort();
      }
    }
  }

  /** Whoever has answered in full needs no more of a request that is still being sent. */
  private void close() {
    if (over) {
      return;
    }
    over = true;
    if (uploading && call != null) {
      call.abort();
    }
    owner.countUnsent(-unsent);
    unsent = 0;
    reading = false;
    release();
    owner.closed(this);
  }

  /** As a turn of the request that has asked. */
  private void post(Runnable task, Runnable otherwise) {
    owner.post(
        () -> {
          owner.loop().chargeTo(charge);
          task.run();
        },
        otherwise);
  }
}
