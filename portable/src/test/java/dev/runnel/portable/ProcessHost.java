package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A runtime in a process of its own, driven by one of the scripts in {@code src/test/hosts}. */
record ProcessHost(String name, List<String> command, Map<String, String> variables)
    implements WasiHost {
  private static final Path SCRIPTS = Path.of("src/test/hosts").toAbsolutePath();

  static ProcessHost node() {
    String script = SCRIPTS.resolve("node.mjs").toString();
    return new ProcessHost("node:wasi", List.of("node", "--no-warnings", script), Map.of());
  }

  /** From pip's package {@code wasmtime}, in Python's own path or in target/wasmtime. */
  static ProcessHost wasmtime() {
    Path packages = Path.of("../target/wasmtime").toAbsolutePath().normalize();
    String script = SCRIPTS.resolve("wasmtime_host.py").toString();
    return new ProcessHost(
        "wasmtime", List.of("python3", script), Map.of("PYTHONPATH", packages.toString()));
  }

  /** Whether a command of its kind runs on this machine. */
  boolean runs(String... check) {
    try {
      ProcessBuilder builder = new ProcessBuilder(check);
      builder.environment().putAll(variables);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return builder.start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Running start(Path file, Invocation invocation) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.add(file.toString());
    arguments.add(json(invocation));
    Path errors = Files.createTempFile(file.getParent(), "errors", null);
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().putAll(variables);
    Process process = builder.redirectError(errors.toFile()).start();
    OutputStream input = process.getOutputStream();
    input.write(invocation.input().getBytes(UTF_8));
    input.flush();
    if (invocation.inputEnds()) {
      input.close();
    }
    return new AtWork(process, errors);
  }

  private record AtWork(Process process, Path errorFile) implements Running {
    @Override
    public InputStream output() {
      return process.getInputStream();
    }

    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public String errors() throws IOException, InterruptedException {
      process.waitFor();
      return Files.readString(errorFile);
    }

    @Override
    public int exitCode() throws InterruptedException {
      return process.waitFor();
    }
  }

  private static String json(Invocation invocation) {
    return "{\"args\":[%s],\"env\":%s,\"dirs\":%s}"
        .formatted(
            invocation.arguments().stream()
                .map(ProcessHost::quoted)
                .collect(Collectors.joining(",")),
            object(invocation.environment()),
            object(invocation.folders()));
  }

  private static String object(Map<String, ?> entries) {
    return entries.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue().toString()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  @Override
  public String toString() {
    return name;
  }
}
