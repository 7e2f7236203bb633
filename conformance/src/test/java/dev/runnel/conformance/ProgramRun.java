package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that ran to its end: what it wrote, and its exit code. */
record ProgramRun(int exit, String out, String err) {

  /** Runs a program in this process and waits for its end. */
  static ProgramRun of(Path program, WorkerOptions options, int seconds)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    WorkerOptions listening =
        options
            .withEngine(Project.ENGINE)
            .withTrust(Trust.FULL)
            .withOutput(new WorkerOptions.Output(out, err))
            .withObserver(new Report(err));
    int exit = exitCode(program, listening, seconds, err);
    return new ProgramRun(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static int exitCode(Path program, WorkerOptions options, int seconds, OutputStream err)
      throws InterruptedException {
    try (Worker worker = Worker.load(program, options)) {
      return worker.exit().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (WorkerException failed) {
      write(err, failed.error().text());
      return 1;
    } catch (TimeoutException hangs) {
      write(err, "%s has not ended after %d seconds.".formatted(program, seconds));
      return -1;
    } catch (ExecutionException e) {
      throw new AssertionError("A program's exit code never fails.", e);
    }
  }

  private static void write(OutputStream err, String line) {
    try {
      err.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what a terminal would show. */
  private record Report(OutputStream err) implements WorkerObserver {
    @Override
    public void uncaught(ProgramError error) {
      write(err, error.text());
    }

    @Override
    public void isolateLost(String limit, String sentence) {
      write(err, sentence);
    }
  }
}
