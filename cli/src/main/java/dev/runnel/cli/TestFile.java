package dev.runnel.cli;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file of {@code runnel test-files}, from its loading to its end. */
final class TestFile {
  private final Path file;
  private final WorkerOptions options;
  private final Duration timeout;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** What ended it, other than its own exit. */
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  TestFile(Path file, WorkerOptions options, Duration timeout) {
    this.file = file;
    this.timeout = timeout;
    this.options =
        options
            .withTurnLimits(new TurnLimits(Optional.empty(), Optional.of(timeout)))
            .withOutput(new WorkerOptions.Output(output, output))
            .withObserver(new Noted());
  }

  /**
   * How a file ended.
   *
   * @param output all that it printed
   * @param failure empty when it ended by itself and with exit code 0
   */
  record Result(Path file, String output, Optional<String> failure, long millis) {}

  /** Waits on the calling thread. */
  Result run() throws InterruptedException {
    long start = System.nanoTime();
    Optional<String> failed = failureInTime();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Result(file, output.toString(StandardCharsets.UTF_8), failed, millis);
  }

  private Optional<String> failureInTime() throws InterruptedException {
    var running = new FutureTask<>(this::failure);
    Thread.startVirtualThread(running);
    try {
      return running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return Optional.of("It had not ended after %d ms.".formatted(timeout.toMillis()));
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  private Optional<String> failure() throws InterruptedException, ExecutionException {
    try (var worker = Worker.load(file, options)) {
      var exited = worker.exit().toCompletableFuture().thenApply(TestFile::ofExitCode);
      return exited.applyToEither(failure.thenApply(Optional::of), end -> end).get();
    } catch (WorkerException e) {
      return Optional.of(e.error().text());
    }
  }

  private static Optional<String> ofExitCode(int code) {
    return code == 0
        ? Optional.empty()
        : Optional.of("It ended with exit code %d.".formatted(code));
  }

  private final class Noted implements WorkerObserver {
    @Override
    public void uncaught(ProgramError error) {
      failure.complete(error.text());
    }

    @Override
    public void isolateLost(String limit, String sentence) {
      failure.complete(sentence);
    }
  }
}
