package dev.runnel.conformance;

import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.worker.Trust;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A program on a real port, whichever it asks for: ports that are written down are often taken. */
final class Served implements AutoCloseable {
  private final Worker worker;
  private final InetSocketAddress address;

  private Served(Worker worker, InetSocketAddress address) {
    this.worker = worker;
    this.address = address;
  }

  static Served start(Path program, JettyNetwork network)
      throws WorkerException, InterruptedException {
    return start(program, network, Project.OPTIONS);
  }

  /** The engine is the one under test, whatever the options say. */
  static Served start(Path program, JettyNetwork network, WorkerOptions options)
      throws WorkerException, InterruptedException {
    FreePorts ports = new FreePorts(network, new CompletableFuture<>());
    Worker worker =
        Worker.load(
            program, options.withEngine(Project.ENGINE).withTrust(Trust.FULL).withNetwork(ports));
    if (worker.answersFetch()) {
      ports.listen(local(), worker.handler(), new Ignored());
    }
    return new Served(worker, ports.opened().join());
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  InetSocketAddress address() {
    return address;
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(address.getPort(), path);
  }

  /** Sends a request and returns its whole answer, head included. */
  String get(String target) throws Exception {
    try (RawConnection connection = new RawConnection(address)) {
      connection.get(target);
      String head = connection.readHead();
      return head + connection.readBody(head);
    }
  }

  @Override
  public void close() {
    worker.close();
  }

  private record FreePorts(JettyNetwork jetty, CompletableFuture<InetSocketAddress> opened)
      implements Network {
    @Override
    public void listen(InetSocketAddress address, RequestHandler handler, Opened callback) {
      jetty.listen(
          local(),
          handler,
          new Opened() {
            @Override
            public void listening(Listener listener) {
              opened.complete(listener.address());
              callback.listening(listener);
            }

            @Override
            public void failed(String code, String message) {
              opened.completeExceptionally(new ExecutionException(code + " " + message, null));
              callback.failed(code, message);
            }
          });
    }
  }

  private record Ignored() implements Network.Opened {
    @Override
    public void listening(Network.Listener listener) {}

    @Override
    public void failed(String code, String message) {}
  }
}
