package dev.runnel.bench.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.runnel.bench.load.ResponseReader;
import dev.runnel.bench.load.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Opens many streams and reads all of them to their ends. Usage: java … StreamClient PORT STREAMS
 * CHUNKS. Its line: {@code OPEN LOST P99 MAX}: the most that were open at once, those that ended
 * early or weren't whole, and the milliseconds between two chunks of a stream.
 */
public final class StreamClient {
  private static final int CHUNK_BYTES = 64;

  /** A server may be that late with its last chunk. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final int OK = 200;
  private static final int OPENED_AT_ONCE = 50;
  private static final int COMPLAINTS = 5;

  private final InetSocketAddress server;
  private final int streams;
  private final int chunks;
  private final Selector selector = Selector.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(64 << 10);
  private final Samples gaps = new Samples();
  private int left;
  private int open;
  private int mostOpen;
  private int lost;

  private StreamClient(int port, int streams, int chunks) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.streams = streams;
    this.chunks = chunks;
  }

  public static void main(String[] args) throws IOException {
    new StreamClient(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
        .run();
  }

  private void run() throws IOException {
    for (int i = 0; i < streams; i++) {
      left++;
      new Stream();
      if (i % OPENED_AT_ONCE == 0) {
        selector.selectNow(StreamClient::readable);
      }
    }
    long deadline = System.nanoTime() + chunks * 1_000_000_000L + PATIENCE_NANOS;
    while (left > 0 && System.nanoTime() < deadline) {
      selector.select(StreamClient::readable, 1000);
    }
    lost += left;
    System.out.printf(
        "%d %d %.0f %.0f%n", mostOpen, lost, gaps.percentile(0.99) / 1e6, gaps.percentile(1) / 1e6);
    System.exit(0);
  }

  private static void readable(SelectionKey key) {
    ((Stream) key.attachment()).readable();
  }

  private final class Stream {
    private final SocketChannel channel = SocketChannel.open(server);
    private final ResponseReader response = new ResponseReader();
    private long lastChunk;

    Stream() throws IOException {
      String request = "GET /?chunks=%d HTTP/1.1\r\nHost: bench\r\n\r\n".formatted(chunks);
      channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void readable() {
      try {
        received.clear();
        if (channel.read(received) < 0) {
          throw new IOException("The server closed the connection.");
        }
        received.flip();
        response.read(received);
        if (response.status() != OK) {
          throw new IOException("The server answered %d.".formatted(response.status()));
        }
        advance();
      } catch (IOException e) {
        if (lost++ < COMPLAINTS) {
          System.err.println("A stream was lost: " + e.getMessage());
        }
        end();
      }
    }

    private void advance() throws IOException {
      long now = System.nanoTime();
      if (lastChunk != 0 && !response.isDone()) {
        gaps.add(now - lastChunk);
      } else if (lastChunk == 0) {
        open++;
        mostOpen = Math.max(mostOpen, open);
      }
      lastChunk = now;
      if (response.isDone()) {
        if (response.bodyBytes() != (long) chunks * CHUNK_BYTES) {
          throw new IOException("It had %d bytes.".formatted(response.bodyBytes()));
        }
        end();
      }
    }

    private void end() {
      left--;
      if (lastChunk != 0) {
        open--;
      }
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
