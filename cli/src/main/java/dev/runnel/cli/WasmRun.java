package dev.runnel.cli;

import dev.runnel.wasi.Outcome;
import dev.runnel.wasi.WasiException;
import dev.runnel.wasi.WasiInstance;
import dev.runnel.wasi.WasiOptions;
import dev.runnel.wasi.WasiProgram;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One WebAssembly program from its file to its exit code. Waits on the calling thread. */
final class WasmRun {
  /** As a shell shows a program that was ended by SIGABRT, and as wasmtime ends after a trap. */
  private static final int TRAPPED = 134;

  /** A program that waits for what can't be interrupted, such as a terminal, isn't waited for. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Path file;
  private final WasiOptions options;
  private final WasmFlags flags;
  private final PrintWriter err;

  WasmRun(Path file, WasiOptions options, WasmFlags flags, PrintWriter err) {
    this.file = file;
    this.options = options;
    this.flags = flags;
    this.err = err;
  }

  /** This process's own streams. */
  static WasiOptions.Streams ownStreams() {
    boolean isTerminal = System.console() != null && System.console().isTerminal();
    return new WasiOptions.Streams(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        isTerminal ? WasiOptions.Terminal.YES : WasiOptions.Terminal.NO);
  }

  /** The exit code. */
  int run() throws InterruptedException {
    try (WasiInstance instance = compiled(file).instance(options)) {
      return code(outcome(instance));
    } catch (WasiException e) {
      say("%s can't be run. %s".formatted(file, e.getMessage()));
      return 1;
    }
  }

  static WasiProgram compiled(Path file) throws WasiException, InterruptedException {
    try {
      return WasiProgram.compile(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new WasiException("There is no such file, or it can't be read.", e);
    }
  }

  private Outcome outcome(WasiInstance instance) throws InterruptedException, WasiException {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    WasiInstance.thread("program", options, () -> runHere(instance, end)).start();
    try {
      Optional<Duration> limit = flags.timeLimit();
      return limit.isEmpty() ? end.get() : end.get(limit.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      instance.interrupt();
      return afterInterrupt(end);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static Outcome afterInterrupt(CompletableFuture<Outcome> end)
      throws InterruptedException, WasiException {
    try {
      return end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.Interrupted();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static WasiException failure(ExecutionException e) {
    if (e.getCause() instanceof WasiException known) {
      return known;
    }
    throw new IllegalStateException("A program failed in a way of ours.", e);
  }

  private void runHere(WasiInstance instance, CompletableFuture<Outcome> end) {
    try {
      Optional<String> function = flags.reactor();
      // The first argument is the program's own name.
      var numbers = options.arguments().subList(1, options.arguments().size());
      end.complete(function.isPresent() ? instance.call(function.get(), numbers) : instance.run());
    } catch (WasiException | RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private int code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited(int code) -> code;
      case Outcome.Returned(var results) -> {
        results.forEach(System.out::println);
        yield 0;
      }
      case Outcome.Trapped(String sentence) -> {
        say("%s trapped: %s.".formatted(file, sentence));
        yield TRAPPED;
      }
      case Outcome.Interrupted() -> {
        say(
            "%s took longer than its limit of %d ms. Runnel-Limit: time-limit"
                .formatted(file, flags.timeLimit().orElse(Duration.ZERO).toMillis()));
        yield 1;
      }
    };
  }

  private void say(String text) {
    err.println("runnel: " + text);
    err.flush();
  }
}
