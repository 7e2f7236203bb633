package dev.runnel.bench.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.runnel.bench.load.ResponseReader;
import dev.runnel.bench.load.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Asks at an even rate, whatever the server does, over as many connections as that takes. Of a
 * thousand requests ten are abandoned by a client that leaves, and one fails in the program.
 *
 * <p>Usage: java … SoakClient PORT RATE SECONDS CRASH, a rate of 0 for as many as 32 connections
 * manage, without leaving and failing. CRASH: {@code throw}, or {@code isolate} for requests that
 * end their isolate. Its line: {@code ANSWERED LEFT CRASHED FAILED LATE P50 P99}.
 */
public final class SoakClient {
  private static final int OK = 200;
  private static final int BODY = 10_000;
  private static final int CLOSED_LOOP = 32;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int COMPLAINTS = 20;

  private final InetSocketAddress server;
  private final double perSecond;
  private final boolean endsIsolates;
  private final long start = System.nanoTime();
  private final long deadline;
  private final Selector selector = Selector.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(64 << 10);
  private final SplittableRandom random = new SplittableRandom(7);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Samples latency = new Samples();
  private long begun;
  private int connections;
  private int inFlight;
  private int answered;
  private int left;
  private int crashed;
  private int failed;
  private int late;

  private SoakClient(int port, double perSecond, double seconds, boolean endsIsolates)
      throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.perSecond = perSecond;
    this.deadline = start + (long) (seconds * 1e9);
    this.endsIsolates = endsIsolates;
  }

  public static void main(String[] args) throws IOException {
    new SoakClient(
            Integer.parseInt(args[0]),
            Double.parseDouble(args[1]),
            Double.parseDouble(args[2]),
            args[3].equals("isolate"))
        .run();
  }

  private void run() throws IOException {
    while (System.nanoTime() < deadline) {
      long wait = perSecond > 0 ? askDue() : askAll();
      selector.select(SoakClient::readable, Math.max(1, wait / 1_000_000));
    }
    while (inFlight > 0 && System.nanoTime() < deadline + PATIENCE_NANOS) {
      selector.select(SoakClient::readable, 1000);
    }
    failed += inFlight;
    System.out.printf(
        "%d %d %d %d %d %.1f %.1f%n",
        answered,
        left,
        crashed,
        failed,
        late,
        latency.percentile(0.5) / 1e6,
        latency.percentile(0.99) / 1e6);
    System.exit(0);
  }

  /** Returns the nanoseconds until the next request is due. */
  private long askDue() throws IOException {
    long now = System.nanoTime();
    long due = due();
    while (due <= now) {
      if (idle.isEmpty() && connections >= MOST_CONNECTIONS) {
        late++;
        return 1_000_000;
      }
      begun++;
      connection().ask(Kind.of(random, endsIsolates), due);
      due = due();
    }
    return due - now;
  }

  private long due() {
    return start + (long) (begun * 1e9 / perSecond);
  }

  private long askAll() throws IOException {
    while (inFlight < CLOSED_LOOP) {
      connection().ask(random.nextInt(10) < 6 ? Kind.TEXT : Kind.STREAM, System.nanoTime());
    }
    return 1_000_000_000;
  }

  private Connection connection() throws IOException {
    Connection free = idle.poll();
    return free == null ? new Connection() : free;
  }

  private static void readable(SelectionKey key) {
    ((Connection) key.attachment()).readable();
  }

  /** What is asked for. */
  private enum Kind {
    TEXT("/text"),
    STREAM("/stream"),
    /** A stream whose client leaves at its first byte. */
    LEAVE("/stream"),
    /** Text whose client doesn't wait for it. */
    VANISH("/text"),
    THROW("/throw"),
    BREAK("/break"),
    END("/end");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    static Kind of(SplittableRandom random, boolean endsIsolates) {
      int number = random.nextInt(2_000);
      if (number < 2) {
        return endsIsolates ? END : number == 0 ? THROW : BREAK;
      }
      if (number < 22) {
        return number % 2 == 0 ? LEAVE : VANISH;
      }
      return number % 10 < 6 ? TEXT : STREAM;
    }

    /** One that the program answers as it should. */
    boolean isSound() {
      return this == TEXT || this == STREAM;
    }
  }

  private final class Connection {
    private final SocketChannel channel = SocketChannel.open(server);
    private final ResponseReader response = new ResponseReader();
    private Kind kind = Kind.TEXT;
    private long due;
    private boolean asked;

    Connection() throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      connections++;
    }

    void ask(Kind what, long when) {
      kind = what;
      due = when;
      asked = true;
      inFlight++;
      try {
        String request = "GET %s HTTP/1.1\r\nHost: bench\r\n\r\n".formatted(kind.path);
        channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
      } catch (IOException e) {
        over(e.toString());
        return;
      }
      if (kind == Kind.VANISH) {
        left++;
        end();
      }
    }

    void readable() {
      try {
        received.clear();
        if (channel.read(received) < 0) {
          throw new IOException("The server closed the connection.");
        }
        received.flip();
        response.read(received);
        if (kind == Kind.LEAVE && response.hasBegun()) {
          left++;
          end();
        } else if (response.isDone()) {
          whole();
        }
      } catch (IOException e) {
        over(e.toString());
      }
    }

    private void whole() {
      boolean right = response.status() == OK && response.bodyBytes() == BODY;
      if (kind.isSound() && !right) {
        over("%s was answered with %d.".formatted(kind.path, response.status()));
        return;
      }
      if (kind.isSound()) {
        answered++;
        latency.add(System.nanoTime() - due);
      } else {
        crashed++;
      }
      inFlight--;
      asked = false;
      response.next();
      idle.push(this);
    }

    /** The connection is gone; the server may close one that waits for its next request. */
    private void over(String why) {
      if (asked && (kind.isSound() || kind == Kind.LEAVE)) {
        if (failed++ < COMPLAINTS) {
          System.err.println("A request failed: " + why);
        }
      } else if (asked) {
        crashed++;
      }
      end();
    }

    private void end() {
      if (asked) {
        inFlight--;
      } else {
        idle.remove(this);
      }
      connections--;
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
