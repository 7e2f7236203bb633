package dev.runnel.runtime.host.broadcast;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code BroadcastChannel}: the channels of one isolate, whose messages to those of the same
 * name in the program's other isolates go through here.
 *
 * <p>Confined to the loop thread, but for what {@link Broadcasts.Channel} offers to others.
 */
public final class BroadcastHost {
  private static final int MAX_NAME = 1_000;

  private final EventLoop loop;
  private final GuestCall guest;
  private final Broadcasts all;
  private final BroadcastLimits limits;
  private final Runnable onUse;
  private final Map<Integer, Open> open = new HashMap<>();

  /** Bytes that other isolates have sent and this one has not seen. */
  private final AtomicLong waiting = new AtomicLong();

  private int nextId = 1;

  /**
   * @param onUse run when a channel is opened
   */
  public BroadcastHost(
      EventLoop loop, GuestCall guest, Broadcasts all, BroadcastLimits limits, Runnable onUse) {
    this.loop = loop;
    this.guest = guest;
    this.all = all;
    this.limits = limits;
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("broadcast")
        .function("open", this::open)
        .function("post", this::post)
        .function("hold", this::hold)
        .function("close", this::close);
  }

  /** The isolate has ended. */
  public void closeAll() {
    new ArrayList<>(open.values()).forEach(Open::close);
  }

  private JsValue open(Arguments args) {
    onUse.run();
    String name = args.string(0, "name");
    if (name.length() > MAX_NAME) {
      throw HostError.type(
          "", "The name of a BroadcastChannel is longer than %d characters.", MAX_NAME);
    }
    if (open.size() >= limits.open()) {
      throw HostError.type("", "More than %d BroadcastChannels are open at once.", limits.open());
    }
    var channel = new Open(nextId++, name);
    open.put(channel.id, channel);
    channel.hold(true);
    all.join(channel);
    return JsValue.of(channel.id);
  }

  private JsValue post(Arguments args) {
    Open sender = channel(args);
    byte[] message = args.copyOfBytes(1, "message");
    if (message.length > limits.message()) {
      throw HostError.dom(
          "DataCloneError",
          "The message has %d bytes; the limit is %d.",
          message.length,
          limits.message());
    }
    if (sender != null) {
      send(message, all.named(sender.name).stream().filter(other -> !isMine(other)).toList());
    }
    return JsValue.UNDEFINED;
  }

  /** To all or to none. */
  private static void send(byte[] message, List<Broadcasts.Channel> receivers) {
    List<Broadcasts.Channel> reserved = new ArrayList<>();
    for (Broadcasts.Channel receiver : receivers) {
      if (!receiver.reserve(message.length)) {
        reserved.forEach(channel -> channel.release(message.length));
        throw HostError.dom(
            "QuotaExceededError",
            "An isolate that listens has not taken yet what it was sent before.");
      }
      reserved.add(receiver);
    }
    reserved.forEach(channel -> channel.deliver(message));
  }

  private boolean isMine(Broadcasts.Channel channel) {
    return channel instanceof Open one && one.owner() == this;
  }

  private JsValue hold(Arguments args) {
    Open channel = channel(args);
    boolean holds = args.bool(1, "holds");
    if (channel != null) {
      channel.hold(holds);
    }
    return JsValue.UNDEFINED;
  }

  private JsValue close(Arguments args) {
    Open channel = channel(args);
    if (channel != null) {
      channel.close();
    }
    return JsValue.UNDEFINED;
  }

  private @Nullable Open channel(Arguments args) {
    return open.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
  }

  private final class Open implements Broadcasts.Channel {
    private final int id;
    private final String name;
    private boolean holds;

    Open(int id, String name) {
      this.id = id;
      this.name = name;
    }

    BroadcastHost owner() {
      return BroadcastHost.this;
    }

    void hold(boolean wanted) {
      if (wanted && !holds) {
        loop.hold();
      } else if (!wanted && holds) {
        loop.release();
      }
      holds = wanted;
    }

    void close() {
      all.leave(this);
      open.remove(id);
      hold(false);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean reserve(int bytes) {
      if (waiting.addAndGet(bytes) <= limits.waiting()) {
        return true;
      }
      release(bytes);
      return false;
    }

    @Override
    public void release(int bytes) {
      waiting.addAndGet(-bytes);
    }

    @Override
    public void deliver(byte[] message) {
      loop.post(
          () -> {
            release(message.length);
            if (open.containsKey(id)) {
              guest.call("broadcast", JsValue.of(id), JsValue.of(message));
            }
          });
    }
  }
}
