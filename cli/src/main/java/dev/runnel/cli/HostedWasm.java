package dev.runnel.cli;

import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.worker.LimitedRequests;
import dev.runnel.runtime.worker.PoolOptions.Admission;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.runtime.worker.WorkerStatus;
import dev.runnel.wasi.CgiHandler;
import dev.runnel.wasi.WasiException;
import dev.runnel.wasi.WasiOptions;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program in WebAssembly, which answers by CGI: each request gets a fresh instance. */
record HostedWasm(CgiHandler handler, RequestHandler limited) implements HostedProgram {

  /**
   * @param err where all instances write their standard error
   * @throws WorkerException when the file is no program that can be run
   */
  static HostedWasm load(Path file, WorkerOptions options, OutputStream err)
      throws WorkerException, InterruptedException {
    try {
      CgiHandler handler =
          new CgiHandler(WasmRun.compiled(file), given(file, options, err), limits(options));
      return new HostedWasm(handler, LimitedRequests.before(handler, options.requestLimits()));
    } catch (WasiException | IllegalArgumentException e) {
      throw new WorkerException("%s can't be run. %s".formatted(file, e.getMessage()));
    }
  }

  private static WasiOptions given(Path file, WorkerOptions options, OutputStream err) {
    List<String> named = new ArrayList<>(List.of(file.toString()));
    named.addAll(options.arguments());
    int pages = Math.toIntExact(options.limits().memoryBytes() >> WasmFlags.PAGE_SHIFT);
    WasiOptions.Streams streams = WasiOptions.Streams.NONE;
    return WasiOptions.DEFAULT
        .withArguments(named)
        .withEnvironment(options.environment())
        .withDirectories(options.directories())
        .withStreams(
            new WasiOptions.Streams(streams.in(), streams.out(), err, WasiOptions.Terminal.NO))
        .withClocks(WasiOptions.Clocks.COARSE)
        .withLimits(WasiOptions.DEFAULT.limits().withMemoryPages(pages));
  }

  private static CgiHandler.Limits limits(WorkerOptions options) {
    Admission given = options.pool().admission();
    int most = Math.min(given.requests(), WasmServe.MOST_AT_ONCE);
    return new CgiHandler.Limits(
        new Admission(most, given.queue(), given.patience()), options.turnLimits());
  }

  @Override
  public Optional<RequestHandler> door() {
    return Optional.of(limited);
  }

  @Override
  public Optional<WorkerStatus> status() {
    return Optional.empty();
  }

  @Override
  public void drain(Duration atMost) throws InterruptedException {
    handler.drain(atMost);
  }
}
