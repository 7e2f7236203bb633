package dev.runnel.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.wasm.GuestInterruptedException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasm.WasmEngineException;

/**
 * The runtime at the point where every file begins, asked to make something of a program. Its clock
 * stands at 1970 and its random bytes are zeros, so that equal programs become equal files; each
 * start has its own again.
 */
final class PackingMachine implements AutoCloseable {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PortableMachine machine;
  private final Duration deadline;
  private final ScheduledFuture<?> end;

  PackingMachine(MachineState first, Map<String, Path> folders, PackOptions options) {
    WasiOptions.Builder wasi =
        WasiOptions.builder()
            .withClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .withRandom(new Zeros())
            .withStdin(InputStream.nullInputStream())
            .withStdout(output)
            .withStderr(output);
    folders.forEach(wasi::withDirectory);
    machine = new PortableMachine(wasi.build(), options.memoryBytes());
    machine.restore(first);
    deadline = options.deadline();
    end = WATCH.schedule(machine::interrupt, deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  PortableMachine machine() {
    return machine;
  }

  /** The answer to a request, which {@code program.js} gives. */
  JsonObject ask(JsonObject request) throws PackException {
    byte[] text = request.toString().getBytes(UTF_8);
    output.reset();
    try {
      int at = machine.place(text);
      machine.value("pack", at, text.length);
      machine.free(at);
      return JsonParser.parseString(output.toString(UTF_8)).getAsJsonObject();
    } catch (GuestInterruptedException tooLong) {
      throw new PackException(
          "The program runs for more than %d ms while it is packed."
              .formatted(deadline.toMillis()));
    } catch (StackOverflowError deep) {
      throw new PackException("The program recurses deeper than the stack allows.");
    } catch (WasiExitException exit) {
      throw new PackException(
          "The program ends with code %d while it is packed.".formatted(exit.exitCode()));
    } catch (OutOfMemoryError | ScriptException | WasmEngineException failed) {
      throw new PackException(
          "The program can't be packed in its %d MB of memory: %s"
              .formatted(machine.maximumBytes() >> 20, failed.getMessage()));
    }
  }

  @Override
  public void close() {
    end.cancel(false);
    machine.close();
  }

  /** The same in every build. */
  private static final class Zeros extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) 0);
    }

    @Override
    protected int next(int bits) {
      return 0;
    }
  }
}
