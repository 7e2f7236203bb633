package dev.runnel.cli;

import dev.runnel.engine.WasmLimits;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.limit.RewriterLimits;
import dev.runnel.runtime.limit.SocketLimits;
import dev.runnel.runtime.limit.ThreadLimits;
import dev.runnel.runtime.worker.WorkerOptions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** What {@code --limits} can set, of each isolate; {@code docs/limits.md} says what each is. */
enum ProgramLimit {
  REQUESTS(
      Integer.MAX_VALUE,
      exchanges(Exchanges.Limits::open),
      n -> o -> o.withExchangeLimits(o.exchangeLimits().withOpen((int) n))),
  OUTPUT(
      Long.MAX_VALUE,
      exchanges(Exchanges.Limits::outputBytes),
      n -> o -> o.withExchangeLimits(o.exchangeLimits().withOutputBytes(n))),
  TIMERS(Integer.MAX_VALUE, WorkerOptions::maxTimers, n -> o -> o.withMaxTimers((int) n)),
  OUTGOING(Integer.MAX_VALUE, WorkerOptions::outgoing, n -> o -> o.withOutgoing((int) n)),
  SOCKETS(
      Integer.MAX_VALUE,
      sockets(SocketLimits::open),
      n -> o -> o.withSocketLimits(o.socketLimits().withOpen((int) n))),
  NET_SOCKETS(
      Integer.MAX_VALUE,
      options -> options.sockets().open(),
      n -> o -> o.withSockets(o.sockets().withOpen((int) n))),
  SOCKET_MESSAGE(
      Integer.MAX_VALUE,
      sockets(SocketLimits::message),
      n -> o -> o.withSocketLimits(o.socketLimits().withMessage((int) n))),
  SOCKET_UNSENT(
      Long.MAX_VALUE,
      sockets(SocketLimits::unsent),
      n -> o -> o.withSocketLimits(o.socketLimits().withUnsent(n))),
  CHANNELS(
      Integer.MAX_VALUE,
      channels(BroadcastLimits::open),
      n -> o -> o.withBroadcastLimits(o.broadcastLimits().withOpen((int) n))),
  CHANNEL_MESSAGE(
      Integer.MAX_VALUE,
      channels(BroadcastLimits::message),
      n -> o -> o.withBroadcastLimits(o.broadcastLimits().withMessage((int) n))),
  CHANNEL_WAITING(
      Long.MAX_VALUE,
      channels(BroadcastLimits::waiting),
      n -> o -> o.withBroadcastLimits(o.broadcastLimits().withWaiting(n))),
  WORKERS(
      1_000,
      options -> options.threadLimits().open(),
      n -> o -> o.withThreadLimits(new ThreadLimits((int) n))),
  FILE_WATCHERS(
      Integer.MAX_VALUE, WorkerOptions::fileWatchers, n -> o -> o.withFileWatchers((int) n)),
  WASM_MODULE(
      Integer.MAX_VALUE,
      wasm(WasmLimits::moduleBytes),
      n -> o -> withWasm(o, o.limits().wasm().withModuleBytes((int) n))),
  WASM_FUNCTIONS(
      Integer.MAX_VALUE,
      wasm(WasmLimits::functions),
      n -> o -> withWasm(o, o.limits().wasm().withFunctions((int) n))),
  WASM_MODULES(
      Integer.MAX_VALUE,
      wasm(WasmLimits::heldBytes),
      n -> o -> withWasm(o, o.limits().wasm().withHeldBytes((int) n))),
  WASM_TABLES(
      Integer.MAX_VALUE,
      wasm(WasmLimits::tableElements),
      n -> o -> withWasm(o, o.limits().wasm().withTableElements((int) n))),
  REWRITER_TOKEN(
      Integer.MAX_VALUE,
      rewriter(RewriterLimits::token),
      n -> o -> o.withRewriterLimits(o.rewriterLimits().withToken((int) n))),
  REWRITER_MEMORY(
      Long.MAX_VALUE,
      rewriter(RewriterLimits::memory),
      n -> o -> o.withRewriterLimits(o.rewriterLimits().withMemory(n))),
  UNPACKED(
      Long.MAX_VALUE,
      unpacking(DecompressionLimits::bytes),
      n -> o -> o.withDecompressionLimits(o.decompressionLimits().withBytes(n))),
  UNPACKED_RATIO(
      Long.MAX_VALUE,
      unpacking(DecompressionLimits::ratio),
      n -> o -> o.withDecompressionLimits(o.decompressionLimits().withRatio(n))),
  UNPACKED_RATIO_FROM(
      Long.MAX_VALUE,
      unpacking(DecompressionLimits::ratioFrom),
      n -> o -> o.withDecompressionLimits(o.decompressionLimits().withRatioFrom(n))),
  CODEC_MEMORY(
      Long.MAX_VALUE,
      unpacking(DecompressionLimits::memory),
      n -> o -> o.withDecompressionLimits(o.decompressionLimits().withMemory(n)));

  private interface Change {
    WorkerOptions in(WorkerOptions options);
  }

  private final long most;
  private final ToLongFunction<WorkerOptions> value;
  private final LongFunction<Change> change;

  ProgramLimit(long most, ToLongFunction<WorkerOptions> value, LongFunction<Change> change) {
    this.most = most;
    this.value = value;
    this.change = change;
  }

  static ProgramLimit named(String word) {
    return Arrays.stream(values())
        .filter(limit -> limit.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "There is no limit \"%s\"; there are %s."
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(ProgramLimit::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** What the option takes. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  long most() {
    return most;
  }

  long of(WorkerOptions options) {
    return value.applyAsLong(options);
  }

  /** Those options with this limit. */
  WorkerOptions in(WorkerOptions options, long number) {
    return change.apply(number).in(options);
  }

  /** All of them as they are when nobody sets them, for the help. */
  static final class Defaults implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values())
          .map(limit -> limit.word() + "=" + shown(limit.of(WorkerOptions.DEFAULT)))
          .iterator();
    }

    private static String shown(long number) {
      if (number % (1L << 30) == 0) {
        return (number >> 30) + "g";
      }
      return number % (1L << 20) == 0 ? (number >> 20) + "m" : Long.toString(number);
    }
  }

  private static ToLongFunction<WorkerOptions> exchanges(ToLongFunction<Exchanges.Limits> part) {
    return options -> part.applyAsLong(options.exchangeLimits());
  }

  private static ToLongFunction<WorkerOptions> sockets(ToLongFunction<SocketLimits> part) {
    return options -> part.applyAsLong(options.socketLimits());
  }

  private static ToLongFunction<WorkerOptions> channels(ToLongFunction<BroadcastLimits> part) {
    return options -> part.applyAsLong(options.broadcastLimits());
  }

  private static ToLongFunction<WorkerOptions> wasm(ToLongFunction<WasmLimits> part) {
    return options -> part.applyAsLong(options.limits().wasm());
  }

  private static ToLongFunction<WorkerOptions> rewriter(ToLongFunction<RewriterLimits> part) {
    return options -> part.applyAsLong(options.rewriterLimits());
  }

  private static ToLongFunction<WorkerOptions> unpacking(ToLongFunction<DecompressionLimits> part) {
    return options -> part.applyAsLong(options.decompressionLimits());
  }

  private static WorkerOptions withWasm(WorkerOptions options, WasmLimits changed) {
    return options.withLimits(options.limits().withWasm(changed));
  }
}
