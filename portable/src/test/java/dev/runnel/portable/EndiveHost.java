package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;

/** Endive's WASI in this JVM; the file's code runs as the classes that the build made of it. */
record EndiveHost() implements WasiHost {
  private static final long STACK_BYTES = 64L << 20;
  private static final long MEMORY = 256L << 20;
  private static final int PIPE = 1 << 20;

  @Override
  public Running start(Path file, Invocation invocation) throws IOException {
    PipedInputStream output = new PipedInputStream(PIPE);
    PipedOutputStream written = new PipedOutputStream(output);
    PipedInputStream input = new PipedInputStream(PIPE);
    PipedOutputStream sent = new PipedOutputStream(input);
    sent.write(invocation.input().getBytes(UTF_8));
    sent.flush();
    if (invocation.inputEnds()) {
      sent.close();
    }
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(invocation.arguments());
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withArguments(arguments)
            .withStdin(input)
            .withStdout(new Flushing(written))
            .withStderr(errors);
    invocation.environment().forEach(options::withEnvironment);
    invocation.folders().forEach(options::withDirectory);
    AtomicInteger code = new AtomicInteger(-1);
    MachineState first = MachineState.of(Files.readAllBytes(file));
    Runnable program =
        () -> {
          try (written) {
            code.set(run(first, options.build()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    Thread thread = new Thread(null, program, "wasi", STACK_BYTES);
    thread.start();
    return new AtWork(thread, output, new Flushing(sent), errors, code);
  }

  private static int run(MachineState first, WasiOptions options) {
    try (PortableMachine machine = new PortableMachine(options, MEMORY)) {
      machine.restore(first);
      machine.call("_start");
      return 0;
    } catch (WasiExitException exit) {
      return exit.exitCode();
    }
  }

  /** A pipe's reader hears at once only of what is flushed. */
  private static final class Flushing extends FilterOutputStream {
    Flushing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      out.flush();
    }
  }

  private record AtWork(
      Thread thread,
      InputStream output,
      OutputStream input,
      ByteArrayOutputStream written,
      AtomicInteger code)
      implements Running {
    @Override
    public String errors() throws InterruptedException {
      thread.join();
      return written.toString(UTF_8);
    }

    @Override
    public int exitCode() throws InterruptedException {
      thread.join();
      return code.get();
    }
  }

  @Override
  public String toString() {
    return "Endive";
  }
}
