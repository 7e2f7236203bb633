package dev.runnel.cli;

import dev.runnel.runtime.worker.WorkerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * The entry point of <em>jvm</em> images: {@code runnel run} alone, so that an image needs none of
 * what other commands are made of.
 */
public final class ContainerMain {
  private static final String OPTIONS = "RUNNEL_OPTIONS";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> OURS =
      Set.of(
          OPTIONS,
          "PATH",
          "HOME",
          "HOSTNAME",
          "TERM",
          "container",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS");

  private ContainerMain() {}

  /**
   * Takes the program and its arguments. Further options of {@code runnel run} are the words of
   * {@code RUNNEL_OPTIONS}.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(arguments(args, System.getenv()).toArray(String[]::new)));
  }

  /** A container's variables are its program's, but those of the container's system and JVM. */
  static List<String> arguments(String[] program, Map<String, String> environment) {
    List<String> all = new ArrayList<>(List.of("--listen=0.0.0.0:8080"));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (NAME.matcher(name).matches() && !OURS.contains(name)) {
                all.add("--env=%s=%s".formatted(name, value));
              }
            });
    all.addAll(furtherOptions(environment));
    all.addAll(List.of(program));
    return all;
  }

  static List<String> furtherOptions(Map<String, String> environment) {
    String options = environment.getOrDefault(OPTIONS, "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }

  static CommandLine commandLine() {
    return Main.configured(new CommandLine(new RunCommand()))
        .setStopAtPositional(true)
        // The last counts, so that RUNNEL_OPTIONS may change what is said before it.
        .setOverwrittenOptionsAllowed(true);
  }

  /** Does once what the start of an image does, for the JDK to keep in the image's AOT cache. */
  public static final class Training {
    private static final String PROGRAM =
        """
        const encoder = new TextEncoder();
        const page = (signal) => new ReadableStream({
          async start(controller) {
            controller.enqueue(encoder.encode("<!doctype html>"));
            await new Promise((resolve) => setTimeout(resolve, 1));
            controller.enqueue(encoder.encode(new URL("https://example.org/a?b=c").search));
            controller.close();
          },
        });
        export default {
          fetch: (request) => new Response(page(request.signal), { headers: { "content-type": "text/html" } }),
        };
        """;

    private Training() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Path folder = Files.createTempDirectory("runnel-training-");
      Path program = folder.resolve("main.mjs");
      try {
        Files.write(program, PROGRAM.getBytes(StandardCharsets.UTF_8));
        commandLine().parseArgs("--listen=127.0.0.1:0", program.toString());
        System.exit(TrainingRun.serve(program, WorkerOptions.DEFAULT));
      } finally {
        Files.deleteIfExists(program);
        Files.deleteIfExists(folder);
      }
    }
  }
}
