package dev.runnel.cli;

import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.ServerOptions;
import dev.runnel.wasi.CgiHandler;
import dev.runnel.wasi.WasiException;
import dev.runnel.wasi.WasiOptions;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A WebAssembly program that answers requests by CGI, from its file to the process's exit code. */
final class WasmServe {
  /** Each request that is answered has a thread and a memory of its own. */
  static final int MOST_AT_ONCE = 100;

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Path file;
  private final WasiOptions options;
  private final Door door;
  private final PrintWriter err;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  /**
   * How the program is reached.
   *
   * @param limited holds requests to what they may take
   * @param ready told the program's URL when requests may come
   */
  record Door(
      InetSocketAddress listen,
      ServerFlags server,
      CgiHandler.Limits limits,
      UnaryOperator<RequestHandler> limited,
      Consumer<List<String>> ready) {}

  WasmServe(Path file, WasiOptions options, Door door, PrintWriter err) {
    this.file = file;
    this.options = options;
    this.door = door;
    this.err = err;
  }

  /** The exit code. */
  int run() throws InterruptedException {
    CgiHandler handler;
    try {
      handler = new CgiHandler(WasmRun.compiled(file), options, door.limits());
    } catch (WasiException e) {
      say("runnel: %s can't be run. %s".formatted(file, e.getMessage()));
      return 1;
    }
    try (JettyNetwork network =
            new JettyNetwork(door.server().options(ServerOptions.DEFAULT, this::say));
        Signals _ = Signals.handledBy(signal -> stop(signal, network))) {
      network.listen(door.listen(), door.limited().apply(handler), new Announced());
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a server is never a failure.", e);
    }
  }

  /** Requests in flight may end first; whoever asks twice does not want to wait for them. */
  private void stop(Signals.Signal signal, JettyNetwork network) {
    if (!stopping.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(signal.exitCode());
    }
    Thread.startVirtualThread(
        () -> {
          try {
            network.drain(DRAIN);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          end.complete(signal.served());
        });
  }

  private void say(String text) {
    synchronized (err) {
      err.println(text);
      err.flush();
    }
  }

  /** Says where the program is served, or why it cannot be. */
  private final class Announced implements Network.Opened {
    @Override
    public void listening(Network.Listener listener) {
      String url = ProgramRun.url(listener.address(), door.server());
      say("Listening on " + url);
      door.ready().accept(List.of(url));
    }

    @Override
    public void failed(String code, String message) {
      say("runnel: The program cannot be served: %s.".formatted(message));
      end.complete(1);
    }
  }
}
