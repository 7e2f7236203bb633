package dev.runnel.bench.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** What proxies stand before: {@code /N} is a body of N bytes. Usage: java … OriginServer PORT */
public final class OriginServer {
  private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(256 << 10).asReadOnlyBuffer();

  private OriginServer() {}

  public static void main(String[] args) throws Exception {
    start(Integer.parseInt(args[0]), new Bodies());
  }

  static void start(int port, Handler handler) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    server.join();
  }

  private static final class Bodies extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = Request.getPathInContext(request).substring(1);
      long length = path.isEmpty() ? 0 : Long.parseLong(path);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
      write(response, length, callback);
      return true;
    }

    private static void write(Response response, long left, Callback callback) {
      int now = (int) Math.min(left, BLOCK.capacity());
      boolean last = now == left;
      Callback next =
          last
              ? callback
              : Callback.from(() -> write(response, left - now, callback), callback::failed);
      response.write(last, BLOCK.duplicate().limit(now), next);
    }
  }
}
