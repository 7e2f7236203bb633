package dev.runnel.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics} on a port of their own, which no program
 * serves and none may reach. It has threads of its own, so that a busy server answers.
 */
public final class AdminServer implements AutoCloseable {
  private static final int THREADS = 6;

  private final Server jetty;
  private final InetSocketAddress address;

  private AdminServer(Server jetty, InetSocketAddress address) {
    this.jetty = jetty;
    this.address = address;
  }

  /**
   * @param ready whether requests should be sent here now
   * @throws IOException when the port can't be opened
   */
  public static AdminServer open(
      InetSocketAddress address, ServerMetrics metrics, BooleanSupplier ready) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("admin");
    threads.setDaemon(true);
    Server jetty = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector port = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
    port.setHost(address.getHostString());
    port.setPort(address.getPort());
    jetty.addConnector(port);
    jetty.setHandler(new Pages(metrics, ready));
    try {
      jetty.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return new AdminServer(
        jetty, new InetSocketAddress(address.getHostString(), port.getLocalPort()));
  }

  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The admin port did not close.", e);
    }
  }

  private static final class Pages extends Handler.Abstract {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final ServerMetrics metrics;
    private final BooleanSupplier ready;

    Pages(ServerMetrics metrics, BooleanSupplier ready) {
      this.metrics = metrics;
      this.ready = ready;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
        answer(response, callback, 405, PLAIN, "Only GET and HEAD.\n".getBytes(UTF_8));
        return true;
      }
      switch (Request.getPathInContext(request)) {
        case "/healthz" -> answer(response, callback, 200, PLAIN, "alive\n".getBytes(UTF_8));
        case "/readyz" -> {
          boolean isReady = ready.getAsBoolean();
          answer(
              response,
              callback,
              isReady ? 200 : 503,
              PLAIN,
              (isReady ? "ready\n" : "not ready\n").getBytes(UTF_8));
        }
        case "/metrics" -> answer(response, callback, 200, METRICS, metrics.text());
        default ->
            answer(
                response,
                callback,
                404,
                PLAIN,
                "There are /healthz, /readyz and /metrics.\n".getBytes(UTF_8));
      }
      return true;
    }

    private static void answer(
        Response response, Callback callback, int status, String type, byte[] body) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
