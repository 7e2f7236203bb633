package dev.runnel.runtime.exchange;

import dev.runnel.engine.HostError;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.SocketAnswer;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.TunnelEvents;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.Charge;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request in flight and what its program has written so far. Output gathers during a turn and
 * leaves as one write at the turn's end, or earlier when there is much of it.
 *
 * <p>Confined to the loop thread of its isolate.
 */
final class Exchange {
  /** Heads with a status below 200; nothing else limits what of them waits for the network. */
  private static final int MOST_INTERIM = 16;

  /** exchange.js has the same number: above it the guest's {@code write} returns false. */
  static final int HIGH_WATER_MARK = 64 * 1024;

  private static final int LOW_WATER_MARK = 16 * 1024;

  private enum State {
    HEAD_AWAITED,
    HEAD_GIVEN,
    HEAD_SENT,
    ENDED,
    CLOSED
  }

  private final int id;
  private final WorkerRequest request;
  private final ResponseSink sink;
  private final Exchanges owner;
  private final Charge charge = new Charge();

  private State state = State.HEAD_AWAITED;
  private boolean ended;
  private @Nullable ResponseHead head;
  private List<Header> trailers = List.of();
  private final List<ByteBuffer> gathered = new ArrayList<>();
  private int gatheredBytes;
  private long outstanding;
  private long outstandingBytes;
  private long sinceDrained;
  private boolean reading;
  private @Nullable Forwarding forwarding;

  private int interim;
  private boolean waitsForFlush;

  Exchange(int id, WorkerRequest request, ResponseSink sink, Exchanges owner) {
    this.id = id;
    this.request = request;
    this.sink = sink;
    this.owner = owner;
  }

  int id() {
    return id;
  }

  /** What its turns are charged to. */
  Charge charge() {
    return charge;
  }

  WorkerRequest request() {
    return request;
  }

  void informational(int status, List<Header> headers) {
    if (state != State.HEAD_AWAITED) {
      return;
    }
    if (++interim > MOST_INTERIM) {
      throw HostError.range(
          "ERR_OUT_OF_RANGE",
          "A request is told at most %d times what is to come before its answer.",
          MOST_INTERIM);
    }
    sink.informational(status, headers);
  }

  void head(ResponseHead given) {
    if (state != State.HEAD_AWAITED) {
      if (state == State.CLOSED) {
        return;
      }
      throw HostError.error(
          "ERR_HTTP_HEADERS_SENT", "Cannot write headers after they are sent to the client");
    }
    head = given;
    state = State.HEAD_GIVEN;
    flushLater();
  }

  /** The buffer is given away. */
  void write(ByteBuffer bytes) {
    if (!isWritable()) {
      return;
    }
    int length = bytes.remaining();
    gathered.add(bytes);
    gatheredBytes += length;
    sinceDrained += length;
    owner.count(length);
    if (gatheredBytes >= HIGH_WATER_MARK) {
      send();
    } else {
      flushLater();
    }
  }

  void trailers(List<Header> given) {
    trailers = given;
  }

  void end() {
    if (isWritable()) {
      ended = true;
      flushLater();
    }
  }

  /** The rest of the answer comes from elsewhere; nobody waits for this isolate's thread then. */
  void forward(RequestBody body) {
    if (!isWritable()) {
      body.cancel();
      return;
    }
    ByteBuffer whole = body.takeWhole();
    if (whole != null) {
      write(whole);
    }
    if (whole != null || body.isEmpty()) {
      end();
      return;
    }
    send();
    state = State.ENDED;
    outstanding++;
    var passing = new Forwarding(body, sink, () -> owner.post(this, this::forwarded));
    forwarding = passing;
    passing.next();
  }

  void upgrade(SocketAnswer answer, SocketEvents events) {
    if (state != State.HEAD_AWAITED) {
      events.failed(0, "The request has been answered already.");
      return;
    }
    close();
    sink.upgrade(answer, events);
  }

  void tunnel(ResponseHead switching, TunnelEvents events) {
    if (state != State.HEAD_AWAITED) {
      events.failed("The request has been answered already.");
      return;
    }
    close();
    sink.tunnel(switching, events);
  }

  private void forwarded() {
    forwarding = null;
    outstanding--;
    closeWhenWritten();
  }

  /** At the turn's end. */
  void flushLater() {
    if (!waitsForFlush) {
      waitsForFlush = true;
      owner.needsFlush(this);
    }
  }

  void flush() {
    waitsForFlush = false;
    send();
  }

  /** Sends what has gathered. */
  private void send() {
    if (state == State.CLOSED || state == State.ENDED) {
      return;
    }
    sendHead();
    sendGathered();
    if (ended) {
      state = State.ENDED;
      sink.end(trailers);
      closeWhenWritten();
    }
    sink.flush();
  }

  private void sendHead() {
    if (state == State.HEAD_GIVEN && head != null) {
      state = State.HEAD_SENT;
      sink.head(head);
    }
  }

  private void sendGathered() {
    if (gathered.isEmpty()) {
      return;
    }
    ByteBuffer bytes = gathered.size() == 1 ? gathered.getFirst() : joined();
    gathered.clear();
    gatheredBytes = 0;
    int length = bytes.remaining();
    outstanding += length;
    outstandingBytes += length;
    sink.write(bytes, () -> owner.onLoop(() -> written(length)));
  }

  private ByteBuffer joined() {
    ByteBuffer whole = ByteBuffer.allocate(gatheredBytes);
    gathered.forEach(whole::put);
    return whole.flip();
  }

  private void written(int length) {
    if (state == State.CLOSED) {
      return;
    }
    outstanding -= length;
    outstandingBytes -= length;
    owner.count(-length);
    if (sinceDrained >= HIGH_WATER_MARK && outstanding <= LOW_WATER_MARK) {
      sinceDrained = outstanding;
      owner.writable(this);
    }
    closeWhenWritten();
  }

  private void closeWhenWritten() {
    if (state == State.ENDED && outstanding == 0) {
      close();
    }
  }

  /** Gives up on the guest's behalf. */
  void abort(String sentence) {
    fail(new ResponseFailure(500, "", sentence));
  }

  void fail(ResponseFailure failure) {
    if (state == State.CLOSED || state == State.ENDED) {
      return;
    }
    sink.fail(failure);
    close();
  }

  void clientGone() {
    if (state != State.CLOSED) {
      close();
    }
  }

  private void close() {
    // What the network never takes is never reported either.
    owner.count(-gatheredBytes - outstandingBytes);
    outstandingBytes = 0;
    gathered.clear();
    gatheredBytes = 0;
    state = State.CLOSED;
    if (forwarding != null) {
      forwarding.cancel();
    }
    request.body().cancel();
    owner.closed(this);
  }

  /** Reads one chunk of the request's body for the guest. */
  void pull() {
    if (reading || state == State.CLOSED) {
      return;
    }
    reading = true;
    request
        .body()
        .read(
            new RequestBody.Receiver() {
              @Override
              public void chunk(ByteBuffer bytes) {
                delivered(() -> owner.bodyChunk(Exchange.this, bytes));
              }

              @Override
              public void end() {
                delivered(() -> owner.bodyEnd(Exchange.this));
              }

              @Override
              public void failed(Throwable cause) {
                delivered(() -> owner.bodyFailed(Exchange.this, cause));
              }
            });
  }

  void cancelBody() {
    request.body().cancel();
  }

  private void delivered(Runnable delivery) {
    owner.post(
        this,
        () -> {
          reading = false;
          if (state != State.CLOSED) {
            delivery.run();
          }
        });
  }

  private boolean isWritable() {
    return !ended && state != State.CLOSED && state != State.ENDED && state != State.HEAD_AWAITED;
  }
}
