package dev.runnel.server.fetch;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.OutgoingRequest;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.SocketRequest;
import dev.runnel.server.socket.PerMessageDeflate;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends programs' requests with Jetty's client, to hosts that its {@link Egress} allows. It follows
 * no redirect, keeps no cookie and unpacks nothing: all that is the program's side's. Safe from any
 * thread. Its own threads start with the first request.
 */
public final class JettyFetcher implements Fetcher, AutoCloseable {
  private static final int THREADS = 32;
  private static final int CONNECTIONS_PER_HOST = 128;
  private static final int QUEUED_PER_HOST = 1024;
  private static final int CONNECT_MILLIS = 10_000;

  /** As long as Node waits for a head or the next piece of a body. */
  private static final int IDLE_MILLIS = 300_000;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAX_HEAD_BYTES = 64 << 10;

  private final Egress egress;
  private volatile @Nullable HttpClient started;
  private @Nullable WebSocketCoreClient startedSockets;
  private boolean closed;

  public JettyFetcher(Egress egress) {
    this.egress = egress;
  }

  @Override
  public Call send(OutgoingRequest request, Answer answer) {
    if (!egress.mayAllow(request.host(), request.port())) {
      answer.failed("EACCES", Egress.refusal(request.host(), request.port()));
      return Call.OVER;
    }
    var call = new JettyCall(request, answer);
    HttpClient running = started;
    if (running != null) {
      begin(call, running);
    } else {
      Thread.startVirtualThread(() -> startAndBegin(call));
    }
    return call;
  }

  @Override
  public void connect(SocketRequest request, SocketEvents events) {
    if (!egress.mayAllow(request.host(), request.port())) {
      events.failed(0, Egress.refusal(request.host(), request.port()));
      return;
    }
    Thread.startVirtualThread(() -> startAndConnect(request, events));
  }

  private void startAndConnect(SocketRequest request, SocketEvents events) {
    var connecting = new SocketConnecting(request, events);
    try {
      connecting.begin(sockets());
    } catch (Exception e) {
      connecting.failed(e);
    }
  }

  private synchronized WebSocketCoreClient sockets() throws Exception {
    WebSocketCoreClient running = startedSockets;
    if (closed) {
      throw new IllegalStateException("The client is closed.");
    }
    if (running == null) {
      running = new WebSocketCoreClient(newClient(), null);
      running.start();
      PerMessageDeflate.in(running.getWebSocketComponents());
      startedSockets = running;
    }
    return running;
  }

  private void startAndBegin(JettyCall call) {
    try {
      begin(call, client());
    } catch (Exception e) {
      call.failed(e);
    }
  }

  /** What Jetty refuses at once is a failure like those that come later. */
  private static void begin(JettyCall call, HttpClient client) {
    try {
      call.begin(client);
    } catch (RuntimeException e) {
      call.failed(e);
    }
  }

  private synchronized HttpClient client() throws Exception {
    HttpClient running = started;
    if (closed) {
      throw new IllegalStateException("The client is closed.");
    }
    if (running == null) {
      running = newClient();
      running.start();
      // Jetty adds its own when it starts: authentication, Continue, redirects, unpacking.
      running.getProtocolHandlers().clear();
      running.getContentDecoderFactories().clear();
      started = running;
    }
    return running;
  }

  private HttpClient newClient() {
    var client = new HttpClient(new HttpClientTransportOverHTTP(new UnblockedConnector()));
    var threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("runnel-fetch");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler("runnel-fetch-timer", true));
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setMaxConnectionsPerDestination(CONNECTIONS_PER_HOST);
    client.setMaxRequestsQueuedPerDestination(QUEUED_PER_HOST);
    client.setConnectTimeout(CONNECT_MILLIS);
    client.setIdleTimeout(IDLE_MILLIS);
    client.setResponseBufferSize(BUFFER_BYTES);
    client.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
    client.setSocketAddressResolver(new CheckedResolver(egress, (Executor) threads));
    return client;
  }

  /** Ends all requests. */
  @Override
  public synchronized void close() {
    closed = true;
    HttpClient running = started;
    if (running != null) {
      LifeCycle.stop(running);
    }
    if (startedSockets != null) {
      LifeCycle.stop(startedSockets);
    }
  }
}
