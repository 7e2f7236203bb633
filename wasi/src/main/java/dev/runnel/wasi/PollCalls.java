package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code poll_oneoff}: waits for clocks and for standard input. All else is ready at any time. */
final class PollCalls {
  private static final int SUBSCRIPTION = 48;
  private static final int EVENT = 32;
  private static final int MOST = 4_096;

  private static final int CLOCK = 0;
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int ABSOLUTE = 1;

  /** Nobody waits longer at a stretch; then everything is looked at again. */
  private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();

  private final Descriptors open;
  private final ProcessCalls clocks;

  PollCalls(Descriptors open, ProcessCalls clocks) {
    this.open = open;
    this.clocks = clocks;
  }

  void addTo(Preview1 functions) {
    functions.add("poll_oneoff", "iiii", this::poll);
  }

  /** What a program waits for. */
  private sealed interface Subscription {
    long userData();

    /**
     * @param deadline of {@link System#nanoTime}
     */
    record Clock(long userData, long deadline) implements Subscription {}

    record Stream(long userData, int kind, int descriptor) implements Subscription {}

    /** One that can't be waited for: its event says why. */
    record Wrong(long userData, int kind, Errno errno) implements Subscription {}
  }

  private record Event(long userData, Errno errno, int kind, long bytes) {}

  private void poll(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    int count = (int) arguments[2];
    if (count <= 0 || count > MOST) {
      throw Errno.INVAL.refusal();
    }
    List<Subscription> subscriptions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      subscriptions.add(read(memory, (int) arguments[0] + i * SUBSCRIPTION));
    }
    memory.window((int) arguments[1], count * EVENT);
    List<Event> events = ready(subscriptions);
    while (events.isEmpty()) {
      await(subscriptions);
      events = ready(subscriptions);
    }
    for (int i = 0; i < events.size(); i++) {
      write(memory, (int) arguments[1] + i * EVENT, events.get(i));
    }
    memory.writeInt((int) arguments[3], events.size());
  }

  private Subscription read(GuestBytes memory, int at) {
    long userData = memory.readLong(at);
    int kind = memory.readByte(at + 8);
    try {
      return switch (kind) {
        case CLOCK -> new Subscription.Clock(userData, deadline(memory, at));
        case READ, WRITE -> stream(userData, kind, memory.readInt(at + 16));
        default -> new Subscription.Wrong(userData, kind, Errno.INVAL);
      };
    } catch (Refusal refusal) {
      return new Subscription.Wrong(userData, kind, refusal.errno());
    }
  }

  private long deadline(GuestBytes memory, int at) throws Refusal {
    long now = clocks.now(memory.readInt(at + 16));
    long timeout = memory.readLong(at + 24);
    boolean isAbsolute = (memory.readShort(at + 40) & ABSOLUTE) != 0;
    long wait = isAbsolute ? timeout - now : timeout;
    // The numbers are unsigned: what looks negative is far ahead, and what has passed is over now.
    boolean isFar = !isAbsolute && timeout < 0;
    return System.nanoTime()
        + (isFar ? Long.MAX_VALUE / 2 : Math.clamp(wait, 0, Long.MAX_VALUE / 2));
  }

  private Subscription stream(long userData, int kind, int descriptor) throws Refusal {
    open.get(descriptor, Rights.POLL_FD_READWRITE)
        .require(kind == READ ? Rights.FD_READ : Rights.FD_WRITE);
    return new Subscription.Stream(userData, kind, descriptor);
  }

  private List<Event> ready(List<Subscription> subscriptions) throws Refusal, IOException {
    List<Event> events = new ArrayList<>();
    for (Subscription each : subscriptions) {
      switch (each) {
        case Subscription.Wrong(var userData, var kind, var errno) ->
            events.add(new Event(userData, errno, kind, 0));
        case Subscription.Clock(var userData, var deadline) -> {
          if (System.nanoTime() - deadline >= 0) {
            events.add(new Event(userData, Errno.SUCCESS, CLOCK, 0));
          }
        }
        case Subscription.Stream stream -> ready(stream).ifPresent(events::add);
      }
    }
    return events;
  }

  private Optional<Event> ready(Subscription.Stream stream) throws Refusal, IOException {
    long bytes =
        switch (open.get(stream.descriptor())) {
          case InputDescriptor input ->
              input.input().isReadyWithin(Duration.ZERO) ? input.input().available() : -1;
          case FileDescriptor file when stream.kind() == READ ->
              Math.max(0, file.size() - file.position());
          case FileDescriptor _, OutputDescriptor _, FolderDescriptor _ -> 0;
        };
    return bytes < 0
        ? Optional.empty()
        : Optional.of(new Event(stream.userData(), Errno.SUCCESS, stream.kind(), bytes));
  }

  /** Until the first clock, or until there is input if somebody waits for that. */
  private void await(List<Subscription> subscriptions) throws Refusal, IOException {
    long wait = LONGEST_WAIT;
    Optional<ProgramInput> input = Optional.empty();
    for (Subscription each : subscriptions) {
      switch (each) {
        case Subscription.Clock(var _, var deadline) ->
            wait = Math.min(wait, Math.max(0, deadline - System.nanoTime()));
        case Subscription.Stream(var _, var _, var descriptor)
            when open.get(descriptor) instanceof InputDescriptor found ->
            input = Optional.of(found.input());
        case Subscription.Stream _, Subscription.Wrong _ -> {}
      }
    }
    if (input.isPresent()) {
      input.get().isReadyWithin(Duration.ofNanos(wait));
    } else {
      sleep(wait);
    }
  }

  private static void sleep(long nanos) throws InterruptedIOException {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a clock.");
    }
  }

  private static void write(GuestBytes memory, int at, Event event) {
    memory.writeLong(at, event.userData());
    memory.writeLong(at + 8, 0);
    memory.writeShort(at + 8, event.errno().ordinal());
    memory.writeByte(at + 10, event.kind());
    memory.writeLong(at + 16, event.bytes());
    memory.writeLong(at + 24, 0);
  }
}
