package dev.runnel.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;

/**
 * Asks a server for pages over a fixed number of connections, each again as soon as its last answer
 * is whole. A process of its own with one thread, so that what it costs is not on the server's
 * account. {@code SEED} in a path is random and new for each request.
 *
 * <p>Each line {@code PORT CONNECTIONS MILLISECONDS PATH} that it gets is answered by one {@link
 * Load} as a line.
 */
public final class LoadClient {
  private static final int OK = 200;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final InetSocketAddress server;
  private final String path;
  private final Selector selector = Selector.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(256 << 10);
  private final SplittableRandom random = new SplittableRandom();
  private final Samples whole = new Samples();
  private final Samples firstByte = new Samples();
  private final long deadline;
  private int inFlight;
  private int beforeDeadline;
  private long bodyBytes = -1;

  private LoadClient(int port, String path, long nanoseconds) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.path = path;
    this.deadline = System.nanoTime() + nanoseconds;
  }

  public static void main(String[] args) throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream answers = new PrintStream(System.out, true, UTF_8);
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      long nanoseconds = Long.parseLong(words[2]) * 1_000_000;
      LoadClient client = new LoadClient(Integer.parseInt(words[0]), words[3], nanoseconds);
      answers.println(client.run(Integer.parseInt(words[1]), nanoseconds).toLine());
    }
  }

  private Load run(int connections, long nanoseconds) throws IOException {
    try (selector) {
      for (int i = 0; i < connections; i++) {
        new Connection().request();
      }
      while (inFlight > 0) {
        selector.select(key -> ((Connection) key.attachment()).readable(), 1000);
        if (System.nanoTime() - deadline > PATIENCE_NANOS) {
          throw new IOException("A server did not answer " + path);
        }
      }
    }
    return new Load(
        whole.count(),
        beforeDeadline * 1e9 / nanoseconds,
        whole.percentile(0.5) / 1e6,
        whole.percentile(0.99) / 1e6,
        firstByte.percentile(0.5) / 1e6,
        bodyBytes);
  }

  /** One connection and the request that is under way on it. */
  private final class Connection {
    private final SocketChannel channel = SocketChannel.open(server);
    private final ResponseReader response = new ResponseReader();
    private long sent;
    private boolean begun;

    Connection() throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void request() throws IOException {
      String seed = Long.toString(36L * 36 * 36 * 36 * 36 + random.nextLong(1L << 30), 36);
      String head =
          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/html\r\n\r\n"
              .formatted(path.replace("SEED", seed), server.getPort());
      sent = System.nanoTime();
      begun = false;
      inFlight++;
      ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(ISO_8859_1));
      channel.write(bytes);
      if (bytes.hasRemaining()) {
        throw new IOException("A request does not fit into the socket's buffer.");
      }
    }

    void readable() {
      try {
        received.clear();
        if (channel.read(received) < 0) {
          throw new IOException("A server closed a connection.");
        }
        received.flip();
        response.read(received);
        advance();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private void advance() throws IOException {
      if (!begun && response.hasBegun()) {
        begun = true;
        firstByte.add(System.nanoTime() - sent);
      }
      if (response.isDone()) {
        finish();
      }
    }

    private void finish() throws IOException {
      long now = System.nanoTime();
      inFlight--;
      whole.add(now - sent);
      if (response.status() != OK) {
        throw new IOException("%s was answered with %d.".formatted(path, response.status()));
      }
      checkLength(response.bodyBytes());
      response.next();
      if (now < deadline) {
        beforeDeadline++;
        request();
      } else {
        channel.close();
      }
    }
  }

  /** Seeds are equally long, so all pages are. */
  private void checkLength(long bytes) throws IOException {
    if (bodyBytes >= 0 && bytes != bodyBytes) {
      throw new IOException("%s has %d bytes, then %d.".formatted(path, bodyBytes, bytes));
    }
    bodyBytes = bytes;
  }
}
