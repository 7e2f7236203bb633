import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * A peer of the benchmark: a Java server that renders the page with GraalJS, as a web framework's
 * view does, on a stock JDK. One context, one thread. Usage: java GraalServer.java PORT PAGE
 */
public final class GraalServer {
  private final Value render;

  private GraalServer(Path page) throws IOException {
    Context context =
        Context.newBuilder("js")
            .allowHostAccess(HostAccess.EXPLICIT)
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    context.eval(Source.newBuilder("js", page.toFile()).build());
    render = context.getBindings("js").getMember("render");
  }

  public static void main(String[] args) throws IOException {
    GraalServer graal = new GraalServer(Path.of(args[1]));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/hello", exchange -> answer(exchange, "text/plain", "hello".getBytes(StandardCharsets.UTF_8)));
    server.createContext("/page", graal::page);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
  }

  private void page(HttpExchange exchange) throws IOException {
    Page page = new Page();
    render.execute(exchange.getRequestURI().getQuery().replaceFirst("^seed=", ""), page);
    answer(exchange, "text/html; charset=utf-8", page.bytes.toByteArray());
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Takes what the guest renders; it is whole when the call of render returns. */
  public static final class Page {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @HostAccess.Export
    public void chunk(Value buffer, int offset, int length) {
      byte[] copy = new byte[length];
      buffer.readBuffer(offset, copy, 0, length);
      bytes.writeBytes(copy);
    }
  }
}
