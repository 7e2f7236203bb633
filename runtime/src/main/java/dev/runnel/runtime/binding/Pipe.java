package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.RequestBody;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A body between a writer and a reader of the same process. A chunk counts as written when it is
 * read, or when nobody wants it any more; so the writer's back-pressure bounds what waits here.
 * Safe from any thread.
 */
public final class Pipe implements RequestBody {
  private sealed interface Item {
    record Chunk(ByteBuffer bytes, Runnable written) implements Item {}

    record End() implements Item {}

    record Failure(Throwable cause) implements Item {}
  }

  private final Runnable onCancel;
  private final Queue<Item> waiting = new ArrayDeque<>();

  /** The last item, given again to whoever reads on. */
  private @Nullable Item last;

  private @Nullable Receiver reader;
  private boolean cancelled;

  /**
   * @param onCancel run when the reader reads no further before the end; any number of times
   */
  public Pipe(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  /** The buffer is given away. */
  public void write(ByteBuffer bytes, Runnable written) {
    put(new Item.Chunk(bytes, written));
  }

  public void end() {
    put(new Item.End());
  }

  /** Ends the body for a reason that its reader hears after what was written before. */
  public void fail(Throwable cause) {
    put(new Item.Failure(cause));
  }

  private void put(Item item) {
    Receiver waitingReader;
    synchronized (this) {
      if (cancelled || last != null) {
        waitingReader = null;
      } else {
        waitingReader = reader;
        reader = null;
        if (!(item instanceof Item.Chunk)) {
          last = item;
        } else if (waitingReader == null) {
          waiting.add(item);
          return;
        }
      }
    }
    if (waitingReader != null) {
      deliver(item, waitingReader);
    } else if (item instanceof Item.Chunk(var _, var written)) {
      written.run();
    }
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    Item next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        next = last;
      }
      if (next == null) {
        reader = receiver;
        return;
      }
    }
    deliver(next, receiver);
  }

  private static void deliver(Item item, Receiver receiver) {
    switch (item) {
      case Item.Chunk(var bytes, var written) -> {
        receiver.chunk(bytes);
        written.run();
      }
      case Item.End() -> receiver.end();
      case Item.Failure(var cause) -> receiver.failed(cause);
    }
  }

  @Override
  public void cancel() {
    Queue<Item> dropped;
    boolean isOver;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      isOver = last != null;
      dropped = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    for (Item item : dropped) {
      if (item instanceof Item.Chunk(var _, var written)) {
        written.run();
      }
    }
    if (!isOver) {
      onCancel.run();
    }
  }
}
