package dev.runnel.runtime.host.broadcast;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The channels that the isolates of one program have open. Safe from any thread. */
public final class Broadcasts {
  private final Map<String, List<Channel>> byName = new ConcurrentHashMap<>();

  /** One isolate's end of a name. */
  interface Channel {
    String name();

    /** False when it has so much to take that this is too much. */
    boolean reserve(int bytes);

    void release(int bytes);

    /** What was reserved. The array belongs to nobody. */
    void deliver(byte[] message);
  }

  void join(Channel channel) {
    byName.compute(
        channel.name(),
        (_, others) -> {
          List<Channel> members = others == null ? new CopyOnWriteArrayList<>() : others;
          members.add(channel);
          return members;
        });
  }

  void leave(Channel channel) {
    byName.computeIfPresent(
        channel.name(),
        (_, members) -> {
          members.remove(channel);
          return members.isEmpty() ? null : members;
        });
  }

  List<Channel> named(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
