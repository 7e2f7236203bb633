package dev.runnel.server;

import dev.runnel.runtime.http.ByteLink;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.TunnelEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A connection that isn't HTTP any more: the program has answered a request with 101 and speaks a
 * protocol of its own. It has no idle timeout but the one that the program sets.
 */
final class SwitchedConnection extends AbstractConnection
    implements Connection.UpgradeTo, ByteLink {
  private static final int LARGEST_READ = 64 << 10;
  private static final byte[] NOTHING = {};

  private final TunnelEvents events;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private byte[] early = NOTHING;

  private SwitchedConnection(Request request, TunnelEvents events) {
    super(endPoint(request), request.getComponents().getExecutor());
    this.events = events;
    this.local =
        new InetSocketAddress(Request.getLocalAddr(request), Request.getLocalPort(request));
    this.remote =
        new InetSocketAddress(Request.getRemoteAddr(request), Request.getRemotePort(request));
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** Answers 400 on a connection that carries other requests besides. */
  static void of(
      Request request,
      Response response,
      Callback callback,
      ResponseHead head,
      TunnelEvents events) {
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      events.failed("Only an HTTP/1.1 connection can change its protocol.");
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return;
    }
    response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
    head.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    request.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new SwitchedConnection(request, events));
    callback.succeeded();
  }

  /** What the client sent right after its request. */
  @Override
  public void onUpgradeTo(ByteBuffer buffer) {
    early = BufferUtil.toArray(buffer);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    events.opened(this);
  }

  @Override
  public void onFillable() {
    // Only read() waits for bytes, with a callback of its own.
  }

  @Override
  public byte[] read() throws IOException {
    if (early.length > 0) {
      byte[] first = early;
      early = NOTHING;
      return first;
    }
    while (true) {
      var readable = new Callback.Completable();
      getEndPoint().fillInterested(readable);
      await(readable);
      ByteBuffer buffer = BufferUtil.allocate(LARGEST_READ);
      int count = getEndPoint().fill(buffer);
      if (count != 0) {
        return count < 0 ? NOTHING : BufferUtil.toArray(buffer);
      }
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    var written = new Callback.Completable();
    getEndPoint().write(written, ByteBuffer.wrap(bytes));
    await(written);
  }

  private static void await(Callback.Completable done) throws IOException {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new EofException(e.getCause());
    } catch (InterruptedException e) {
      throw new EofException(e);
    }
  }

  @Override
  public void end() {
    getEndPoint().shutdownOutput();
  }

  @Override
  public void reset() {
    if (getEndPoint() instanceof WatchedEndPoint watched) {
      watched.reset(new AbortedException("The program reset the connection."));
    } else {
      close();
    }
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }
}
