package dev.runnel.cli;

import dev.runnel.engine.Engine;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.WorkerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code runnel test-files}: many programs in one process. The report is TAP (the Test Anything
 * Protocol, version 14); what a file prints stands before its result.
 */
@Command(
    name = "test-files",
    description = {
      "Runs each file in an isolate of its own, all in one process, and reports in TAP how each ended.",
      "A file passes when it ends by itself, with exit code 0. @LIST takes the names from a file."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel test-files [OPTIONS] FILES",
    sortOptions = false)
final class TestFilesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "quickjs",
      description = "The JavaScript engine (default: ${DEFAULT-VALUE}).")
  private String engine = "quickjs";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      defaultValue = "30s",
      description = "How long a file may run (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many files run at a time (default: ${DEFAULT-VALUE}).")
  private int jobs = 1;

  @Parameters(paramLabel = "FILES", arity = "1..*", description = "The files.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    checkOptions();
    PrintWriter out = spec.commandLine().getOut();
    out.println("TAP version 14");
    out.println("1.." + files.size());
    return allPass(out) ? 0 : 1;
  }

  private void checkOptions() {
    if (jobs < 1 || jobs > 1024) {
      throw wrong("--jobs must be from 1 to 1024, not %d.".formatted(jobs));
    }
    try {
      Engine.named(engine);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Results are written as files end. */
  private boolean allPass(PrintWriter out) throws InterruptedException, ExecutionException {
    WorkerOptions options = WorkerOptions.DEFAULT.withEngine(engine).withTrust(Trust.FULL);
    boolean allPass = true;
    try (var threads = Executors.newFixedThreadPool(jobs, Thread.ofVirtual().factory())) {
      var results = new ExecutorCompletionService<TestFile.Result>(threads);
      files.forEach(file -> results.submit(new TestFile(file, options, timeout)::run));
      for (int number = 1; number <= files.size(); number++) {
        TestFile.Result result = results.take().get();
        allPass &= result.failure().isEmpty();
        write(number, result, out);
      }
    }
    return allPass;
  }

  private static void write(int number, TestFile.Result result, PrintWriter out) {
    out.print(result.output());
    if (!result.output().isEmpty() && !result.output().endsWith("\n")) {
      out.println();
    }
    String verdict = result.failure().isEmpty() ? "ok" : "not ok";
    out.printf("%s %d - %s # time=%dms%n", verdict, number, result.file(), result.millis());
    result.failure().stream().flatMap(String::lines).forEach(line -> out.println("# " + line));
    out.flush();
  }
}
