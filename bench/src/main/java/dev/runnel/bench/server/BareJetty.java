package dev.runnel.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The answer of {@code text.mjs} from Jetty itself. Usage: java … BareJetty PORT */
public final class BareJetty {
  private static final int LENGTH = 10_000;
  private static final ByteBuffer TEXT =
      ByteBuffer.allocateDirect(LENGTH)
          .put(
              "Runnel answers with a line of text.\n"
                  .repeat(278)
                  .substring(0, LENGTH)
                  .getBytes(UTF_8))
          .flip()
          .asReadOnlyBuffer();

  private BareJetty() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    server.setHandler(new Text());
    server.start();
    server.join();
  }

  private static final class Text extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, LENGTH);
      response.write(true, TEXT.duplicate(), callback);
      return true;
    }
  }
}
