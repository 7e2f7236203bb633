package dev.runnel.runtime.host.thread;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code node:worker_threads}: the workers that an isolate has started, and the ends of
 * channels that it has. An end is used, or sent on, only by the isolate that has it.
 *
 * <p>Confined to the loop thread, but for what workers tell.
 */
public final class ThreadsHost implements Endpoint.Owner {
  private final EventLoop loop;
  private final GuestCall guest;
  private final Threads threads;
  private final BroadcastLimits limits;
  private final Runnable onUse;
  private final Optional<Threads.Inherited> inherited;
  private final Map<Integer, Endpoint> ends = new HashMap<>();
  private final Map<Integer, Threads.Running> workers = new HashMap<>();
  private final Set<Integer> heldEnds = new HashSet<>();
  private final Set<Integer> heldWorkers = new HashSet<>();

  /**
   * @param limits those of messages to other isolates
   * @param onUse run when the program makes a channel or a worker
   * @param inherited what this isolate's creator gave it, if it is a worker
   */
  public ThreadsHost(
      EventLoop loop,
      GuestCall guest,
      Threads threads,
      BroadcastLimits limits,
      Runnable onUse,
      Optional<Threads.Inherited> inherited) {
    this.loop = loop;
    this.guest = guest;
    this.threads = threads;
    this.limits = limits;
    this.onUse = onUse;
    this.inherited = inherited;
    inherited.ifPresent(given -> given.ends().forEach(this::adopt));
  }

  public HostModule module() {
    return HostModule.named("threads")
        .function("channel", this::channel)
        .function("send", this::send)
        .function("start", this::start)
        .function("take", this::take)
        .function("hold", this::hold)
        .function("close", this::close)
        .function("inherited", this::inherited)
        .function("startWorker", this::startWorker)
        .function("terminateWorker", this::terminateWorker)
        .function("holdWorker", this::holdWorker);
  }

  /** The isolate has ended, and its workers with it. */
  public void closeAll() {
    workers.values().forEach(Threads.Running::terminate);
    new ArrayList<>(ends.values()).forEach(Endpoint::close);
    ends.clear();
  }

  /** The number of the first end; the second one's follows. */
  private JsValue channel(Arguments args) {
    onUse.run();
    if (ends.size() + 2 > limits.open()) {
      throw HostError.type("", "More than %d ports of other threads are open.", limits.open());
    }
    List<Endpoint> pair = Endpoint.pair(threads.nextEndpoints(), this);
    pair.forEach(end -> ends.put(end.id, end));
    return JsValue.of(pair.getFirst().id);
  }

  private JsValue send(Arguments args) {
    Endpoint from = end(args);
    byte[] bytes = args.copyOfBytes(1, "message");
    requireShort(bytes);
    if (from == null) {
      return JsValue.UNDEFINED;
    }
    List<Endpoint> sent = ends(args.string(2, "ends"));
    // Before the message leaves: who gets it owns them at once.
    sent.forEach(this::giveAway);
    if (!from.send(new Endpoint.Message(bytes, sent), limits.waiting())) {
      sent.forEach(Endpoint::close);
      throw HostError.dom(
          "QuotaExceededError", "A thread has not taken yet what it was sent before.");
    }
    return JsValue.UNDEFINED;
  }

  private void requireShort(byte[] bytes) {
    if (bytes.length > limits.message()) {
      throw HostError.dom(
          "DataCloneError",
          "The message has %d bytes; the limit is %d.",
          bytes.length,
          limits.message());
    }
  }

  private List<Endpoint> ends(String ids) {
    List<Endpoint> named = new ArrayList<>();
    if (!ids.isEmpty()) {
      for (String id : ids.split(",", limits.open())) {
        named.add(mine(id));
      }
    }
    if (new HashSet<>(named).size() < named.size()) {
      throw HostError.type("", "A port can't be sent twice.");
    }
    return named;
  }

  private Endpoint mine(String id) {
    try {
      Endpoint end = ends.get(Integer.parseInt(id));
      if (end != null) {
        return end;
      }
    } catch (NumberFormatException e) {
      throw HostError.type("", "\"%s\" is no number of a port.", id);
    }
    throw HostError.type("", "Port %s is not this thread's.", id);
  }

  private void giveAway(Endpoint end) {
    ends.remove(end.id);
    holdEnd(end.id, false);
    end.leave();
  }

  private void adopt(Endpoint end) {
    end.own(this);
    ends.put(end.id, end);
  }

  private JsValue start(Arguments args) {
    Endpoint end = end(args);
    if (end != null) {
      end.start();
    }
    return JsValue.UNDEFINED;
  }

  @Override
  public void wake(Endpoint end) {
    loop.post(
        () -> {
          Endpoint.Message message = end.take(this);
          if (message != null) {
            guest.call(
                "portMessage",
                JsValue.of(end.id),
                JsValue.of(message.bytes()),
                JsValue.of(adopted(message.ends())));
          } else if (ends.containsKey(end.id) && end.isOver()) {
            forget(end);
            guest.call("portClosed", JsValue.of(end.id));
          }
        });
  }

  private String adopted(List<Endpoint> received) {
    received.forEach(this::adopt);
    return received.stream().map(end -> Integer.toString(end.id)).collect(Collectors.joining(","));
  }

  /** The next message: the ends in it, a line feed, and its bytes; undefined without one. */
  private JsValue take(Arguments args) {
    Endpoint end = end(args);
    Endpoint.Message message = end == null ? null : end.take(this);
    return message == null
        ? JsValue.UNDEFINED
        : JsValue.of(withHead(adopted(message.ends()), message.bytes()));
  }

  private static byte[] withHead(String head, byte[] bytes) {
    byte[] line = (head + "\n").getBytes(UTF_8);
    byte[] all = new byte[line.length + bytes.length];
    System.arraycopy(line, 0, all, 0, line.length);
    System.arraycopy(bytes, 0, all, line.length, bytes.length);
    return all;
  }

  private JsValue hold(Arguments args) {
    Endpoint end = end(args);
    boolean holds = args.bool(1, "holds");
    if (end != null) {
      holdEnd(end.id, holds);
    }
    return JsValue.UNDEFINED;
  }

  private void holdEnd(int id, boolean holds) {
    hold(heldEnds, id, holds);
  }

  private void hold(Set<Integer> held, int id, boolean holds) {
    if (holds && held.add(id)) {
      loop.hold();
    } else if (!holds && held.remove(id)) {
      loop.release();
    }
  }

  private JsValue close(Arguments args) {
    Endpoint end = end(args);
    if (end != null) {
      forget(end);
    }
    return JsValue.UNDEFINED;
  }

  private void forget(Endpoint end) {
    ends.remove(end.id);
    holdEnd(end.id, false);
    end.close();
  }

  private @Nullable Endpoint end(Arguments args) {
    return ends.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
  }

  /** As {@link #take}: what this worker's creator gave it; undefined in a thread that is none. */
  private JsValue inherited(Arguments args) {
    return inherited
        .map(given -> JsValue.of(withHead(numbers(given.ends()), given.data())))
        .orElse(JsValue.UNDEFINED);
  }

  private static String numbers(List<Endpoint> given) {
    return given.stream().map(end -> Integer.toString(end.id)).collect(Collectors.joining(","));
  }

  /** (program, isCode, settings, memoryBytes, data, ends): its number. */
  private JsValue startWorker(Arguments args) {
    onUse.run();
    String program = args.string(0, "program");
    boolean isCode = args.bool(1, "isCode");
    String settings = args.string(2, "settings");
    long memory = args.integer(3, "memory", 0, Integer.MAX_VALUE);
    byte[] data = args.copyOfBytes(4, "data");
    requireShort(data);
    List<Endpoint> given = ends(args.string(5, "ends"));
    var listener = new Told();
    Threads.Running worker =
        threads.start(
            new Threads.Request(
                program, isCode, settings, memory, new Threads.Inherited(data, given)),
            listener);
    given.forEach(
        end -> {
          ends.remove(end.id);
          holdEnd(end.id, false);
        });
    workers.put(worker.id(), worker);
    hold(heldWorkers, worker.id(), true);
    listener.started(worker);
    return JsValue.of(worker.id());
  }

  private JsValue terminateWorker(Arguments args) {
    Threads.Running worker = workers.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
    if (worker != null) {
      worker.terminate();
    }
    return JsValue.UNDEFINED;
  }

  private JsValue holdWorker(Arguments args) {
    int id = args.integer(0, "id", 1, Integer.MAX_VALUE);
    boolean holds = args.bool(1, "holds");
    if (workers.containsKey(id)) {
      hold(heldWorkers, id, holds);
    }
    return JsValue.UNDEFINED;
  }

  /** Brings a worker's news to the loop; its number is known when it has been started. */
  private final class Told implements Threads.Listener {
    private volatile Threads.@Nullable Running worker;

    void started(Threads.Running running) {
      worker = running;
    }

    @Override
    public void online() {
      loop.post(() -> tell("threadOnline"));
    }

    @Override
    public void ended(GuestEnd end) {
      loop.post(
          () -> {
            Threads.Running running = worker;
            if (running != null) {
              workers.remove(running.id());
              hold(heldWorkers, running.id(), false);
            }
            tell("threadEnded", JsValue.of(codeOf(end)), JsValue.of(kindOf(end)), textOf(end));
          });
    }

    private void tell(String registered, JsValue... more) {
      Threads.Running running = worker;
      if (running != null) {
        JsValue[] all = new JsValue[more.length + 1];
        all[0] = JsValue.of(running.id());
        System.arraycopy(more, 0, all, 1, more.length);
        guest.call(registered, all);
      }
    }
  }

  private static int codeOf(GuestEnd end) {
    return end instanceof GuestEnd.Exited(int code) ? code : 1;
  }

  /** What the {@code error} event is made of, if there is one. */
  private static String kindOf(GuestEnd end) {
    return switch (end) {
      case GuestEnd.FailedToStart _ -> "error";
      case GuestEnd.Lost(IsolateException.OutOfMemory _, _) -> "memory";
      case GuestEnd.Lost(IsolateException.TimedOut lost, _)
          when lost.reason().limit().equals("closed") ->
          "";
      case GuestEnd.Lost _ -> "lost";
      case GuestEnd.Exited _, GuestEnd.Closed _ -> "";
    };
  }

  private static JsValue textOf(GuestEnd end) {
    return JsValue.of(
        switch (end) {
          case GuestEnd.FailedToStart(var error) -> error.text();
          case GuestEnd.Lost(var cause, _) -> String.valueOf(cause.getMessage());
          case GuestEnd.Exited _, GuestEnd.Closed _ -> "";
        });
  }
}
