package dev.runnel.runtime.host.net;

import dev.runnel.runtime.http.ByteLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection within this process: what is written at one end is read at the other. A
 * chunk waits for its reader each way, and whoever writes the next one waits with it.
 */
final class PipeLink implements ByteLink {
  private static final byte[] NOTHING = {};
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** What goes one way. */
  private static final class Lane {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte @Nullable [] chunk;
    private boolean ended;
    private boolean unread;
    private boolean cut;

    void write(byte[] bytes) throws IOException {
      if (bytes.length == 0) {
        return;
      }
      lock.lock();
      try {
        while (chunk != null && !ended && !unread && !cut) {
          await();
        }
        if (ended || cut) {
          throw new IOException("Broken pipe");
        }
        chunk = unread ? null : bytes;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    byte[] read() throws IOException {
      lock.lock();
      try {
        while (chunk == null && !ended && !unread && !cut) {
          await();
        }
        if (cut) {
          throw new IOException("Connection reset");
        }
        byte[] taken = chunk == null ? NOTHING : chunk;
        chunk = null;
        changed.signalAll();
        return taken;
      } finally {
        lock.unlock();
      }
    }

    private void await() throws IOException {
      try {
        changed.await();
      } catch (InterruptedException e) {
        throw new IOException("The connection was closed.", e);
      }
    }

    /** What waits is still read. */
    void end() {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Nobody reads any more: what is written is nobody's. */
    void leave() {
      lock.lock();
      try {
        unread = true;
        chunk = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void cut() {
      lock.lock();
      try {
        cut = true;
        chunk = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The two ends. */
  record Pair(PipeLink one, PipeLink other) {}

  private final Lane in;
  private final Lane out;

  private PipeLink(Lane in, Lane out) {
    this.in = in;
    this.out = out;
  }

  static Pair pair() {
    var there = new Lane();
    var back = new Lane();
    return new Pair(new PipeLink(there, back), new PipeLink(back, there));
  }

  @Override
  public byte[] read() throws IOException {
    return in.read();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void end() {
    out.end();
  }

  /** Whoever reads or writes here hears of it too. */
  @Override
  public void close() {
    out.end();
    in.leave();
  }

  @Override
  public void reset() {
    out.cut();
    in.cut();
  }

  @Override
  public InetSocketAddress local() {
    return NOWHERE;
  }

  @Override
  public InetSocketAddress remote() {
    return NOWHERE;
  }
}
