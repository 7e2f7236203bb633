package dev.runnel.runtime.host.thread;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel whose ends may be in different isolates. Messages wait here until the
 * isolate that has this end takes them, or is given it. Guarded by the channel's lock, the same
 * object for both ends.
 */
final class Endpoint {

  /** What is sent; the ends among it belong to nobody on the way. */
  record Message(byte[] bytes, List<Endpoint> ends) {}

  /** The isolate that has an end. */
  interface Owner {
    /** Takes one message, or the news that the other end is closed, in a turn of its own. */
    void wake(Endpoint end);
  }

  final int id;
  private final Object lock;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private @Nullable Endpoint other;
  private @Nullable Owner owner;
  private long waitingBytes;
  private boolean started;
  private boolean otherClosed;

  private Endpoint(int id, Object lock) {
    this.id = id;
    this.lock = lock;
  }

  /** Both ends of a new channel, whose numbers follow one another. */
  static List<Endpoint> pair(int firstId, Owner owner) {
    Object lock = new Object();
    var one = new Endpoint(firstId, lock);
    var two = new Endpoint(firstId + 1, lock);
    one.other = two;
    two.other = one;
    one.owner = owner;
    two.owner = owner;
    return List.of(one, two);
  }

  void own(Owner isolate) {
    synchronized (lock) {
      owner = isolate;
      started = false;
    }
  }

  /** On the way to another isolate. */
  void leave() {
    synchronized (lock) {
      owner = null;
      started = false;
    }
  }

  /** From now on its owner is woken for what waits. */
  void start() {
    synchronized (lock) {
      if (!started && owner != null) {
        started = true;
        for (int i = waiting.size() + (otherClosed ? 1 : 0); i > 0; i--) {
          owner.wake(this);
        }
      }
    }
  }

  /** False when too much waits at the other end. A message to a closed end is dropped. */
  boolean send(Message message, long mostBytes) {
    synchronized (lock) {
      return other == null || other.receive(message, mostBytes);
    }
  }

  private boolean receive(Message message, long mostBytes) {
    if (waitingBytes + message.bytes().length > mostBytes) {
      return false;
    }
    waitingBytes += message.bytes().length;
    waiting.add(message);
    if (started && owner != null) {
      owner.wake(this);
    }
    return true;
  }

  /** The next message, if this isolate still has the end; null without one. */
  @Nullable Message take(Owner isolate) {
    synchronized (lock) {
      Message message = owner == isolate ? waiting.poll() : null;
      if (message != null) {
        waitingBytes -= message.bytes().length;
      }
      return message;
    }
  }

  boolean isOver() {
    synchronized (lock) {
      return otherClosed && waiting.isEmpty();
    }
  }

  /** What had come and was not taken is lost; ends among it are closed too. */
  void close() {
    List<Message> lost;
    synchronized (lock) {
      lost = List.copyOf(waiting);
      waiting.clear();
      owner = null;
      if (other != null) {
        other.otherHasClosed();
        other = null;
      }
    }
    lost.forEach(message -> message.ends().forEach(Endpoint::close));
  }

  private void otherHasClosed() {
    other = null;
    otherClosed = true;
    if (started && owner != null) {
      owner.wake(this);
    }
  }
}
