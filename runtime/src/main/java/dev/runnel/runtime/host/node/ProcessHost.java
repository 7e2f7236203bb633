package dev.runnel.runtime.host.node;

import com.google.gson.Gson;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.MemoryUse;
import dev.runnel.runtime.exchange.Utf8;
import dev.runnel.runtime.limit.GuestClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Backs {@code node:process} and {@code node:os}: the standard streams, clocks, and what a program
 * may know of the machine, which is little.
 *
 * <p>Confined to the isolate's thread, except for reads of standard input.
 */
public final class ProcessHost {
  private static final int OUT = 1;
  private static final int ERR = 2;
  private static final int CHUNK = 64 << 10;
  private static final int MAX_EXIT_CODE = 255;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MICRO = 1_000;

  /** The program's standard streams. */
  public record Streams(InputStream in, OutputStream out, OutputStream err) {}

  /** What the program asks of whoever runs it. */
  public interface Control {

    /** The program wants to hear of a signal itself, or no longer. */
    void watchSignal(String name, boolean watch);

    /** Whether the program may put its thread to sleep; hosted programs may not. */
    boolean maySleep();
  }

  private final Streams streams;
  private final Control control;
  private final Supplier<MemoryUse> memory;
  private final CompletionStarter starter;
  private final GuestClock clock;
  private final long started;

  public ProcessHost(
      Streams streams,
      Control control,
      GuestClock clock,
      Supplier<MemoryUse> memory,
      CompletionStarter starter) {
    this.streams = streams;
    this.control = control;
    this.clock = clock;
    this.started = clock.nanoTime();
    this.memory = memory;
    this.starter = starter;
  }

  public HostModule module() {
    return HostModule.named("process")
        .function("write", args -> write(args, args.copyOfBytes(1, "bytes")))
        .function("writeText", args -> write(args, Utf8.encode(args.string(1, "text"))))
        .function("read", _ -> JsValue.of(starter.start(this::read)))
        .function("isTty", ProcessHost::isTty)
        .function("exit", ProcessHost::exit)
        .function("hrtime", _ -> new JsValue.BigInt(BigInteger.valueOf(clock.nanoTime())))
        .function("uptime", _ -> JsValue.of((clock.nanoTime() - started) / NANOS_PER_SECOND))
        .function("memoryUsage", _ -> JsValue.of(memoryUsage()))
        .function("cpuUsage", _ -> JsValue.of(cpuUsage()))
        .function("pid", _ -> JsValue.of(ProcessHandle.current().pid()))
        .function("watchSignal", this::watchSignal)
        .function("system", _ -> JsValue.of(system()))
        .function("sleep", this::sleep);
  }

  private JsValue write(Arguments args, byte[] bytes) {
    int descriptor = args.integer(0, "fd", OUT, ERR);
    OutputStream stream = descriptor == OUT ? streams.out() : streams.err();
    try {
      stream.write(bytes);
      stream.flush();
      return JsValue.UNDEFINED;
    } catch (IOException e) {
      throw HostError.system("EPIPE", "write EPIPE");
    }
  }

  private JsValue read() throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count = streams.in().read(chunk);
    return count < 0 ? JsValue.NULL : JsValue.of(Arrays.copyOf(chunk, count));
  }

  private static JsValue isTty(Arguments args) {
    int descriptor = args.integer(0, "fd", 0, ERR);
    var console = System.console();
    return JsValue.of(descriptor <= ERR && console != null && console.isTerminal());
  }

  private static JsValue exit(Arguments args) {
    throw new IsolateException.Exited((int) args.number(0, "code") & MAX_EXIT_CODE);
  }

  private String memoryUsage() {
    MemoryUse use = memory.get();
    var runtime = Runtime.getRuntime();
    Map<String, Long> usage = new LinkedHashMap<>();
    usage.put("rss", runtime.totalMemory());
    usage.put("heapTotal", use.reservedBytes());
    usage.put("heapUsed", use.usedBytes());
    usage.put("external", 0L);
    usage.put("arrayBuffers", 0L);
    return new Gson().toJson(usage);
  }

  /** Of the isolate's own thread. */
  private String cpuUsage() {
    var threads = ManagementFactory.getThreadMXBean();
    long user = clock.shown(threads.getCurrentThreadUserTime());
    long total = clock.shown(threads.getCurrentThreadCpuTime());
    Map<String, Long> usage = new LinkedHashMap<>();
    usage.put("user", Math.max(0, user) / NANOS_PER_MICRO);
    usage.put("system", Math.max(0, total - user) / NANOS_PER_MICRO);
    return new Gson().toJson(usage);
  }

  private JsValue watchSignal(Arguments args) {
    control.watchSignal(args.string(0, "name"), args.bool(1, "watch"));
    return JsValue.UNDEFINED;
  }

  /** The same on every machine, but for the numbers that a program sizes its pools by. */
  private static String system() {
    var runtime = Runtime.getRuntime();
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("arch", "x64");
    system.put("platform", "linux");
    system.put("type", "Linux");
    system.put("release", "6.0.0");
    system.put("version", "Runnel");
    system.put("machine", "x86_64");
    system.put("hostname", "localhost");
    system.put("homedir", "/");
    system.put("tmpdir", "/tmp");
    system.put("endianness", "LE");
    system.put("availableParallelism", runtime.availableProcessors());
    system.put("freemem", runtime.freeMemory());
    system.put("totalmem", runtime.maxMemory());
    system.put("loadavg", new double[] {0, 0, 0});
    return new Gson().toJson(system);
  }

  private JsValue sleep(Arguments args) {
    if (!control.maySleep()) {
      throw HostError.system(
          "EPERM", "sleep blocks every request of this program: use setTimeout instead.");
    }
    try {
      Thread.sleep((long) Math.max(0, args.number(0, "milliseconds")));
      return JsValue.UNDEFINED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HostError.system("EINTR", "The sleep was interrupted.");
    }
  }
}
