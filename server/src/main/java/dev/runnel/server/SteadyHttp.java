package dev.runnel.server;

import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on which a malformed request is answered by the thread that reads the connection, after
 * it has stopped reading.
 *
 * <p>Jetty answers it on another thread at once. When the bytes came together with those of an
 * earlier request, both threads go on with one buffer: the answer is lost at times, and an earlier
 * request is, rarely, run a second time ({@code GatewayFuzzTest} saw both).
 *
 * <p>Targets that Jetty can't decode are let through ({@link RawTargets}).
 */
final class SteadyHttp extends HttpConnectionFactory {
  SteadyHttp(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection = new Steady(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  /** {@code answer} belongs to the thread that is {@code reading}. */
  private static final class Steady extends HttpConnection implements RawTargets.Connection {
    private volatile @Nullable String undecodable;
    private volatile @Nullable Thread reading;
    private boolean malformed;
    private @Nullable Runnable answer;

    Steady(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(
        String method, @Nullable String target, HttpVersion version) {
      String shown = target == null ? null : RawTargets.shown(target);
      undecodable = shown == null || shown.equals(target) ? null : target;
      return super.newHttpStream(method, shown, version);
    }

    @Override
    public Optional<String> undecodableTarget() {
      return Optional.ofNullable(undecodable);
    }

    @Override
    public void onFillable() {
      Thread outer = reading;
      reading = Thread.currentThread();
      try {
        super.onFillable();
      } finally {
        reading = outer;
      }
      Runnable waiting = answer;
      if (waiting != null) {
        answer = null;
        waiting.run();
      }
    }

    /** Nothing more is read before the answer, whose completion then reads on. */
    @Override
    public void fillInterested(Callback callback) {
      if (answer == null) {
        super.fillInterested(callback);
      }
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new RequestHandler() {
        @Override
        public void badMessage(HttpException failure) {
          malformed = reading == Thread.currentThread();
          super.badMessage(failure);
          malformed = false;
        }
      };
    }

    @Override
    protected HttpChannel newHttpChannel(Server server, HttpConfiguration configuration) {
      return new HttpChannelState(this) {
        @Override
        @SuppressWarnings("NullAway") // Jetty's own answer may be null: nothing is left to do.
        public Runnable onFailure(Throwable failure) {
          Runnable task = super.onFailure(failure);
          return malformed && task != null ? new Later(task) : task;
        }
      };
    }

    /** Jetty runs at once, on the same thread, what says that it doesn't block. */
    private final class Later implements Invocable.Task {
      private final Runnable task;

      Later(Runnable task) {
        this.task = task;
      }

      @Override
      public void run() {
        answer = task;
      }

      @Override
      public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
      }
    }
  }
}
