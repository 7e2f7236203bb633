package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A host that a program fetches from: the test says byte for byte what it answers, and when. */
final class RawOrigin implements AutoCloseable {
  /** A reader that takes nothing for so long has paused. */
  private static final int STALL_MILLISECONDS = 1_000;

  private final ServerSocketChannel server;

  RawOrigin() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  String url() throws IOException {
    return "http://127.0.0.1:" + port();
  }

  /** Waits for the next request. */
  Request accept() throws IOException {
    var request = new Request(server.accept());
    request.readHead();
    return request;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One request, on a connection of its own. */
  static final class Request implements AutoCloseable {
    private final SocketChannel channel;
    private String head = "";

    private Request(SocketChannel channel) {
      this.channel = channel;
    }

    private void readHead() throws IOException {
      ByteBuffer octet = ByteBuffer.allocate(1);
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0 && channel.read(octet.clear()) > 0) {
        text.append((char) octet.get(0));
      }
      head = text.toString();
    }

    String head() {
      return head;
    }

    void send(String text) throws IOException {
      send(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    void send(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    /** Sends until that many bytes have left or the reader pauses; returns how many have. */
    long sendUntilPaused(long most) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
      long sent = 0;
      try (Selector selector = Selector.open()) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_WRITE);
        while (sent < most && selector.select(STALL_MILLISECONDS) > 0) {
          selector.selectedKeys().clear();
          sent += channel.write(bytes.clear());
        }
      }
      channel.configureBlocking(true);
      return sent;
    }

    /** Sends until that many bytes have left or the connection is closed; returns how many have. */
    long sendUntilClosed(long most) {
      ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
      long sent = 0;
      try {
        while (sent < most) {
          sent += channel.write(bytes.clear());
        }
      } catch (IOException e) {
        // It is closed.
      }
      return sent;
    }

    /** Waits until the other side has closed the connection. */
    void awaitEnd() throws IOException {
      ByteBuffer rest = ByteBuffer.allocate(1024);
      try {
        while (channel.read(rest.clear()) >= 0) {
          // Whatever it still says.
        }
      } catch (IOException e) {
        // A reset is an end too.
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
