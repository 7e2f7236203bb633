package dev.runnel.server;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that can be watched for its client's leaving while nobody reads from it.
 *
 * <p>Jetty reads from an HTTP/1.1 connection only when a request or its body is expected, so a
 * client that leaves during a long silence would be noticed at the second write after it. While
 * {@link #watch}ed, this end point stays registered with the selector and looks at what arrives:
 * the end of the stream is reported, bytes (the next request, or a body nobody asked for yet) are
 * kept for the next {@link #fill}.
 *
 * <p>Safe for use by the selector's threads and the isolates'; {@code lock} guards the fields and
 * the reads.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  /** Bytes read ahead at most; with them in hand the end of the stream cannot be seen any more. */
  private static final int LOOK_AHEAD = 4096;

  private final LentSelector selector;
  private final SelectionKey key;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Callback selected = new Selected();
  private boolean busy;

  /** The selector will call {@link #selected} as soon as there is something to read. */
  private boolean registered;

  private @Nullable Callback reader;
  private @Nullable Runnable gone;
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

  /** Set before anything is read from the connection, run after its end. */
  private volatile Runnable release = () -> {};

  WatchedEndPoint(
      SocketChannel channel,
      LentSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.selector = selector;
    this.key = key;
    this.executor = executor;
  }

  /** Has something done when the selector has let it go. */
  void whenClosed(Runnable task) {
    release = task;
  }

  void closed() {
    release.run();
  }

  /** From here on who selects the key finds this connection. */
  void attachToKey() {
    key.attach(this);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    selector.wakeHolder();
  }

  /** The connection itself below TLS and a PROXY header. */
  static EndPoint below(EndPoint endPoint) {
    EndPoint below = endPoint;
    while (below instanceof EndPoint.Wrapper wrapper) {
      below = wrapper.unwrap();
    }
    return below;
  }

  /**
   * Runs {@code whenGone} once, on one of Jetty's threads, when the client has left. Watching again
   * is how to go on after bytes have been in the way.
   */
  void watch(Runnable whenGone) {
    boolean looking;
    lock.lock();
    try {
      busy = true;
      gone = whenGone;
      looking = hasRoom();
    } finally {
      lock.unlock();
    }
    if (looking) {
      register();
    }
  }

  private void register() {
    boolean alreadyRegistered;
    lock.lock();
    try {
      alreadyRegistered = registered;
      registered = true;
    } finally {
      lock.unlock();
    }
    if (!alreadyRegistered) {
      super.tryFillInterested(selected);
    }
  }

  void unwatch() {
    lock.lock();
    try {
      busy = false;
      gone = null;
    } finally {
      lock.unlock();
    }
  }

  /** Closes in a way that a client sees as a failure even where a body ends with its connection. */
  void reset(Throwable cause) {
    try {
      getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyClosed) {
      // The connection is gone, which is what was wanted.
    }
    close(cause);
  }

  /** Closes a connection that carries no request. */
  void closeIfIdle() {
    boolean idle;
    lock.lock();
    try {
      idle = !busy && !early.hasRemaining();
    } finally {
      lock.unlock();
    }
    if (idle) {
      close();
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    lock.lock();
    try {
      if (!early.hasRemaining()) {
        // Between two requests the selector knows best: asking the network would cost a call.
        return registered && !busy ? 0 : super.fill(buffer);
      }
      int position = BufferUtil.flipToFill(buffer);
      int filled = BufferUtil.put(early, buffer);
      BufferUtil.flipToFlush(buffer, position);
      return filled;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!tryFillInterested(callback)) {
      throw new ReadPendingException();
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    boolean ready;
    lock.lock();
    try {
      if (reader != null) {
        return false;
      }
      ready = early.hasRemaining();
      if (!ready) {
        reader = callback;
      }
    } finally {
      lock.unlock();
    }
    if (ready) {
      executor.execute(callback::succeeded);
    } else {
      register();
    }
    return true;
  }

  /** True when the HTTP connection waits for bytes; a watcher does not count. */
  @Override
  public boolean isFillInterested() {
    lock.lock();
    try {
      return reader != null;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    return early.remaining() < LOOK_AHEAD;
  }

  private @Nullable Callback takeReader() {
    Callback taken = reader;
    reader = null;
    return taken;
  }

  private @Nullable Runnable takeGone() {
    Runnable taken = gone;
    gone = null;
    return taken;
  }

  /** How many bytes came early, 0 for none so far, -1 for the end of the stream. */
  private int lookAhead() {
    ByteBuffer ahead = BufferUtil.allocate(LOOK_AHEAD);
    BufferUtil.append(ahead, early.slice());
    try {
      int filled = super.fill(ahead);
      early = ahead;
      return filled;
    } catch (IOException e) {
      return -1;
    }
  }

  private void readable() {
    Callback waiting;
    Runnable left = null;
    boolean lookAgain = false;
    lock.lock();
    try {
      registered = false;
      waiting = takeReader();
      if (waiting == null && gone != null && hasRoom()) {
        int filled = lookAhead();
        // What TLS says before it ends stands before the end of the stream.
        lookAgain = filled >= 0 && hasRoom();
        left = filled < 0 ? takeGone() : null;
      }
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.succeeded();
    } else if (left != null) {
      left.run();
    } else if (lookAgain) {
      register();
    }
  }

  private void failed(Throwable cause) {
    Callback waiting;
    Runnable left;
    lock.lock();
    try {
      registered = false;
      waiting = takeReader();
      left = takeGone();
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.failed(cause);
    }
    if (left != null) {
      left.run();
    }
  }

  /** Stands in for whoever is interested when the selector finds the connection readable. */
  private final class Selected implements Callback {
    @Override
    public void succeeded() {
      readable();
    }

    @Override
    public void failed(Throwable cause) {
      WatchedEndPoint.this.failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
