package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Arguments, environment, clocks, random bytes and the end. */
final class ProcessCalls {
  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;
  private static final int PROCESS_TIME = 2;
  private static final int THREAD_TIME = 3;
  private static final long NANOS = 1_000_000_000L;
  private static final long COARSE = 1_000_000L;
  private static final int RANDOM_PIECE = 1 << 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<byte[]> arguments;
  private final List<byte[]> environment;
  private final long grain;

  ProcessCalls(WasiOptions options) {
    this.arguments = options.arguments().stream().map(ProcessCalls::bytes).toList();
    this.environment =
        options.environment().entrySet().stream()
            .map(each -> bytes(each.getKey() + "=" + each.getValue()))
            .toList();
    this.grain = options.clocks() == WasiOptions.Clocks.COARSE ? COARSE : 1;
  }

  private static byte[] bytes(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  void addTo(Preview1 functions) {
    functions.add("args_sizes_get", "ii", (memory, at) -> sizes(memory, at, arguments));
    functions.add("args_get", "ii", (memory, at) -> texts(memory, at, arguments));
    functions.add("environ_sizes_get", "ii", (memory, at) -> sizes(memory, at, environment));
    functions.add("environ_get", "ii", (memory, at) -> texts(memory, at, environment));
    functions.add("clock_res_get", "ii", this::resolution);
    functions.add("clock_time_get", "ili", this::time);
    functions.add("random_get", "ii", ProcessCalls::random);
    functions.add("sched_yield", "", (_, _) -> Thread.yield());
    functions.add("proc_raise", "i", ProcessCalls::raise);
    functions.addEnd("proc_exit", ProcessCalls::exit);
  }

  private static void sizes(GuestBytes memory, long[] at, List<byte[]> texts) {
    memory.writeInt((int) at[0], texts.size());
    memory.writeInt((int) at[1], texts.stream().mapToInt(text -> text.length).sum());
  }

  private static void texts(GuestBytes memory, long[] at, List<byte[]> texts) {
    int pointers = (int) at[0];
    int address = (int) at[1];
    for (byte[] text : texts) {
      memory.writeInt(pointers, address);
      memory.write(address, text);
      pointers += Integer.BYTES;
      address += text.length;
    }
  }

  private void resolution(GuestBytes memory, long[] arguments) throws Refusal {
    now((int) arguments[0]);
    memory.writeLong((int) arguments[1], grain);
  }

  private void time(GuestBytes memory, long[] arguments) throws Refusal {
    memory.writeLong((int) arguments[2], now((int) arguments[0]));
  }

  /** A clock's time in nanoseconds. */
  long now(int clock) throws Refusal {
    long exact =
        switch (clock) {
          case REALTIME -> realtime();
          case MONOTONIC -> System.nanoTime();
          case PROCESS_TIME, THREAD_TIME ->
              ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          default -> throw Errno.INVAL.refusal();
        };
    return exact - Math.floorMod(exact, grain);
  }

  static long realtime() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS + now.getNano();
  }

  private static void random(GuestBytes memory, long[] arguments) throws Refusal {
    int address = (int) arguments[0];
    int length = (int) arguments[1];
    memory.window(address, length);
    byte[] piece = new byte[Math.min(length, RANDOM_PIECE)];
    for (int done = 0; done < length; done += piece.length) {
      if (Thread.currentThread().isInterrupted()) {
        throw Errno.INTR.refusal();
      }
      RANDOM.nextBytes(piece);
      memory
          .window(address + done, Math.min(piece.length, length - done))
          .put(piece, 0, Math.min(piece.length, length - done));
    }
  }

  /** As a shell shows a program that a signal has ended; preview 1's numbers are Linux's. */
  private static void raise(GuestBytes memory, long[] arguments) {
    if (arguments[0] != 0) {
      throw new Exit(128 + (int) arguments[0]);
    }
  }

  private static void exit(GuestBytes memory, long[] arguments) {
    throw new Exit((int) arguments[0]);
  }
}
