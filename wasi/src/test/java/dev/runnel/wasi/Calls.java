package dev.runnel.wasi;

import dev.runnel.runtime.worker.DirectoryGrant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Runs {@code calls.wat}, which does one call. */
final class Calls {
  private static final long PATIENCE_SECONDS = 60;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();
  private UnaryOperator<WasiOptions> options = UnaryOperator.identity();

  Calls with(UnaryOperator<WasiOptions> change) {
    UnaryOperator<WasiOptions> before = options;
    options = given -> change.apply(before.apply(given));
    return this;
  }

  Calls in(Path folder) {
    return with(given -> given.withDirectories(List.of(new DirectoryGrant("/work", folder))));
  }

  Calls reading(String text) {
    return reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  Calls reading(InputStream stream) {
    in = stream;
    return this;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The error that a call answers. */
  Errno errno(String... arguments) throws Exception {
    Outcome outcome = outcome(arguments);
    if (outcome instanceof Outcome.Exited(int code)) {
      return Errno.values()[code];
    }
    throw new AssertionError("It ended otherwise: " + outcome);
  }

  Outcome outcome(String... arguments) throws Exception {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    start(end, arguments);
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Starts a call that somebody will interrupt. */
  WasiInstance start(CompletableFuture<Outcome> end, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("calls.wasm"));
    all.addAll(List.of(arguments));
    var streams =
        new WasiOptions.Streams(in, out, OutputStream.nullOutputStream(), WasiOptions.Terminal.NO);
    WasiOptions given = options.apply(WasiOptions.DEFAULT.withArguments(all).withStreams(streams));
    WasiInstance instance = Wat.program("calls").instance(given);
    WasiInstance.thread(
            "program",
            given,
            () -> {
              try (instance) {
                end.complete(instance.run());
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            })
        .start();
    return instance;
  }
}
