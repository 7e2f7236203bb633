package dev.runnel.cli;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerObserver;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runnel trigger}: one scheduled event, now. */
@Command(
    name = "trigger",
    description = {
      "Sends a worker one scheduled event and waits until its handler, and what that gave to waitUntil, is over.",
      "The exit code is 0 when nothing failed, else 1."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel trigger [OPTIONS] FILE",
    sortOptions = false)
final class TriggerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cron",
      paramLabel = "SCHEDULE",
      converter = OptionValues.Cron.class,
      defaultValue = "* * * * *",
      description = "What the event says of its schedule (default: \"${DEFAULT-VALUE}\").")
  private CronSchedule cron = CronSchedule.of("* * * * *");

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = OptionValues.Moment.class,
      description = "When the event was due, like 2026-01-31T12:00:00Z (default: now).")
  private @Nullable Instant time;

  @Mixin private ProgramOptions program = new ProgramOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The program.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    try (var fetcher = new JettyFetcher(program.egress());
        Bound bound = program.bindings().open(options().withFetcher(fetcher));
        Worker worker = Worker.load(file, bound.options())) {
      if (!worker.handlesScheduled()) {
        throw new WorkerException("%s has no scheduled handler.".formatted(file));
      }
      Instant due = time == null ? Instant.now() : time;
      return worker.schedule(cron.toString(), due).toCompletableFuture().get() ? 0 : 1;
    } catch (WorkerException e) {
      say(ProgramRun.shown(e.error()));
      return 1;
    } catch (IllegalArgumentException e) {
      say("runnel: " + e.getMessage());
      return Main.USAGE;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The outcome of an event is never a failure.", e);
    }
  }

  private WorkerOptions options() {
    return program
        .options()
        .withObserver(
            new WorkerObserver() {
              @Override
              public void uncaught(ProgramError error) {
                say(ProgramRun.uncaughtText(error));
              }

              @Override
              public void isolateLost(String limit, String sentence) {
                say("runnel: " + dev.runnel.server.LogText.oneLine(sentence));
              }
            });
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    synchronized (err) {
      err.println(text);
      err.flush();
    }
  }
}
