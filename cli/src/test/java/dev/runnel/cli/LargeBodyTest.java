package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A body that is many times as large as all the memory there is: from an origin, through an isolate
 * of 32 MB whose JavaScript touches each chunk, to a client. Prints the most memory that the
 * process took, on each engine.
 */
class LargeBodyTest {
  private static final String PROGRAM = "src/test/resources/programs/counts-through.mjs";
  private static final long MB = 1L << 20;
  private static final String JAVA_HEAP = "-Xmx160m";

  /** Of the whole process; V8's library and locale data are 100 MB of it. */
  private static final long MOST_MEMORY = 512 * MB;

  static Stream<String> engines() {
    return ServiceLoader.load(Engine.class).stream().map(engine -> engine.get().name());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aBodyLargerThanTheMemoryGoesThrough(String engine) throws Exception {
    passes(engine, 256 * MB);
  }

  @ParameterizedTest
  @MethodSource("engines")
  @Tag("long")
  void twoGigabytesGoThroughAnIsolateOf32Megabytes(String engine) throws Exception {
    passes(engine, 2048 * MB);
  }

  private static void passes(String engine, long length) throws Exception {
    try (Origin origin = new Origin(length);
        ChildJvm child =
            ChildJvm.runnelIn(
                new String[] {JAVA_HEAP},
                "run",
                "--engine",
                engine,
                "--memory",
                "32m",
                "--listen",
                "127.0.0.1:0",
                PROGRAM,
                origin.url())) {
      String address = child.errLineWith("Listening on ").replace("Listening on ", "");

      URLConnection answer = URI.create(address).toURL().openConnection();
      CRC32 received = new CRC32();
      long bytes = 0;
      try (InputStream body = answer.getInputStream()) {
        byte[] block = new byte[1 << 16];
        for (int read = body.read(block); read >= 0; read = body.read(block)) {
          received.update(block, 0, read);
          bytes += read;
        }
      }

      long peak = child.peakMemory();
      System.out.printf(
          "%d MB through an isolate of 32 MB on %s: the process took %d MB at most%n",
          length / MB, engine, peak / MB);
      assertThat(bytes).isEqualTo(length);
      assertThat(received.getValue()).isEqualTo(origin.sent());
      assertThat(child.outLineWith("passed")).isEqualTo("passed %d bytes".formatted(length));
      assertThat(peak).isLessThan(MOST_MEMORY);
    }
  }

  /** Answers one request with so many bytes. */
  private static final class Origin implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CRC32 sent = new CRC32();
    private final Thread answering;

    Origin(long length) throws IOException {
      answering = Thread.ofPlatform().daemon().start(() -> answer(length));
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void answer(long length) {
      try (Socket client = server.accept()) {
        readHead(client.getInputStream());
        OutputStream out = client.getOutputStream();
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(length).getBytes(ISO_8859_1));
        byte[] block = new byte[1 << 16];
        for (long at = 0; at < length; at += block.length) {
          block[(int) (at / block.length % block.length)]++;
          int count = (int) Math.min(block.length, length - at);
          out.write(block, 0, count);
          sent.update(block, 0, count);
        }
        out.flush();
      } catch (IOException left) {
        // The client has less than it was promised, and says so.
      }
    }

    private static void readHead(InputStream in) throws IOException {
      for (int last = 0, next = in.read(); next >= 0; next = in.read()) {
        last = last << 8 | next;
        if (last == 0x0d0a0d0a) {
          return;
        }
      }
    }

    /** The checksum of all that was sent. */
    long sent() throws InterruptedException {
      answering.join();
      return sent.getValue();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
