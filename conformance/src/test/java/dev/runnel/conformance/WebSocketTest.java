package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.limit.SocketLimits;
import dev.runnel.server.JettyNetwork;
import dev.runnel.server.fetch.JettyFetcher;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets on the wire: frames written and read by hand on one side, a program on the other. */
class WebSocketTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final JettyFetcher FETCHER = new JettyFetcher(Egress.EVERYTHING);
  private static final int PATIENCE_MILLISECONDS = 60_000;

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
    FETCHER.close();
  }

  @Test
  void theExampleAcceptsAndSendsBack() throws Exception {
    try (Served echo = echo();
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      String head = client.upgrade("Sec-WebSocket-Protocol: echo, other\r\n");
      assertThat(head).startsWith("HTTP/1.1 101 ");
      assertThat(head.toLowerCase(Locale.ROOT))
          .contains("upgrade: websocket\r\n", "connection: upgrade\r\n")
          // RFC 6455, section 1.3, has this pair.
          .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n")
          .contains("sec-websocket-protocol: echo\r\n")
          .doesNotContain("sec-websocket-extensions");

      client.frame(0x81, "hello".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("81 hello");
      client.frame(0x82, new byte[] {1, 2});
      assertThat(client.readFrame()).isEqualTo("82 \u0001\u0002");
      client.frame(0x01, "two ".getBytes(ISO_8859_1));
      client.frame(0x89, "ping".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("8a ping");
      client.frame(0x80, "parts".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("81 two parts");

      client.frame(0x81, "bye".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("88 \u0003\u00e8good bye");
      client.frame(0x88, new byte[] {3, (byte) 0xe8});
      assertThat(client.readFrame()).isEqualTo("end");
    }
  }

  @Test
  void aPlainRequestIsAnsweredAsEver() throws Exception {
    try (Served echo = echo()) {
      assertThat(echo.get("/")).contains("<title>Echo</title>");
    }
  }

  /** The frame's first byte and payload, and the close code that must come. */
  @ParameterizedTest
  @CsvSource({
    "81,ff,1007", // not UTF-8
    "83,00,1002", // an opcode that doesn't exist
    "c1,61,1002", // a bit that nobody agreed on
    "80,61,1002", // goes on with nothing
    "09,61,1002", // a ping in parts
    "88,03,1002", // half a code
  })
  void whatIsAgainstTheProtocolEndsTheConnectionAndNothingElse(
      String first, String payload, int code) throws Exception {
    try (Served echo = echo();
        Wire other = new Wire(new Socket("127.0.0.1", echo.address().getPort()));
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      other.upgrade("");
      client.upgrade("");

      client.frame(Integer.parseInt(first, 16), new byte[] {(byte) Integer.parseInt(payload, 16)});

      assertThat(client.readClose()).isEqualTo(code);
      other.frame(0x81, "still here".getBytes(ISO_8859_1));
      assertThat(other.readFrame()).isEqualTo("81 still here");
    }
  }

  @Test
  void framesOfClientsHaveToBeMasked() throws Exception {
    try (Served echo = echo();
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      client.upgrade("");
      client.unmaskedFrame(0x81, "a".getBytes(ISO_8859_1));

      assertThat(client.readClose()).isEqualTo(1002);
    }
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnection() throws Exception {
    var limits = new SocketLimits(10, 1_000, 1 << 20);
    try (Served echo =
            Served.start(
                Project.EXAMPLES.resolve("websocket-echo/main.js"),
                NETWORK,
                Project.OPTIONS.withSocketLimits(limits));
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      client.upgrade("");
      client.frame(0x01, new byte[600]);
      client.frame(0x80, new byte[600]);

      assertThat(client.readClose()).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "x-unknown, permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
      })
  void messagesAreCompressedForClientsThatOfferIt(String offer) throws Exception {
    try (Served echo = echo();
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      assertThat(client.upgrade("Sec-WebSocket-Extensions: " + offer + "\r\n"))
          .containsIgnoringCase(
              "Sec-WebSocket-Extensions:"
                  + " permessage-deflate;client_no_context_takeover;server_no_context_takeover\r\n");

      for (int i = 0; i < 2; i++) {
        // RFC 7692, section 7.2.3.1, has these bytes; nothing is remembered from the first time.
        client.frame(0xc1, HexFormat.of().parseHex("f248cdc9c90700"));
        assertThat(client.readFrame()).isEqualTo("c1 " + latin1("f248cdc9c90700"));
      }
      client.frame(0x81, "plain".getBytes(ISO_8859_1));
      assertThat(inflated(client)).isEqualTo("plain");
      byte[] halves = deflated("x".repeat(100_000).getBytes(ISO_8859_1));
      client.frame(0x41, Arrays.copyOf(halves, 50));
      client.frame(0x89, new byte[0]);
      client.frame(0x80, Arrays.copyOfRange(halves, 50, halves.length));
      assertThat(client.readFrame()).isEqualTo("8a ");
      assertThat(inflated(client)).isEqualTo("x".repeat(100_000));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; made_up",
        "permessage-bzip2"
      })
  void offersThatCantBeMetAreNotTaken(String offer) throws Exception {
    try (Served echo = echo();
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      assertThat(client.upgrade("Sec-WebSocket-Extensions: " + offer + "\r\n"))
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("sec-websocket-extensions");

      client.frame(0xc1, HexFormat.of().parseHex("f248cdc9c90700"));
      assertThat(client.readClose()).isEqualTo(1002);
    }
  }

  /** 300 MB of zeros in 300 KB, in one frame and in two. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatUnpacksToMoreThanAMessageMayHaveEndsTheConnection(int frames) throws Exception {
    try (Served echo = echo();
        Wire other = new Wire(new Socket("127.0.0.1", echo.address().getPort()));
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      other.upgrade("");
      client.upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n");
      byte[] bomb = deflated(new byte[300 << 20]);
      int first = bomb.length / frames;

      client.sendIfOpen(frames == 1 ? 0xc2 : 0x42, Arrays.copyOf(bomb, first));
      if (frames == 2) {
        client.sendIfOpen(0x80, Arrays.copyOfRange(bomb, first, bomb.length));
      }

      assertThat(client.readClose()).isEqualTo(1009);
      other.frame(0x81, "still here".getBytes(ISO_8859_1));
      assertThat(other.readFrame()).isEqualTo("81 still here");
    }
  }

  @Test
  void whatCantBeUnpackedEndsTheConnection() throws Exception {
    try (Served echo = echo();
        Wire client = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      client.upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n");

      client.frame(0xc1, new byte[] {(byte) 0xff, (byte) 0xff, 0x12, 0x34});

      assertThat(client.readClose()).isEqualTo(1007);
    }
  }

  private static byte[] deflated(byte[] message) {
    try (Deflater deflater = new Deflater(9, true)) {
      var packed = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      deflater.setInput(message);
      int length;
      do {
        length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
        packed.write(part, 0, length);
      } while (length == part.length);
      return Arrays.copyOf(packed.toByteArray(), packed.size() - 4);
    }
  }

  /** Reads a compressed text, of one frame or more. */
  private static String inflated(Wire client) throws Exception {
    String frame = client.readFrame();
    assertThat(frame).matches("(?s)[4c]1 .*");
    StringBuilder whole = new StringBuilder(frame.substring(3));
    while (frame.startsWith("4") || frame.startsWith("0")) {
      frame = client.readFrame();
      whole.append(frame.substring(frame.indexOf(' ') + 1));
    }
    try (Inflater inflater = new Inflater(true)) {
      byte[] packed = (whole + "\0\0\u00ff\u00ff").getBytes(ISO_8859_1);
      byte[] text = new byte[1 << 20];
      inflater.setInput(packed);
      return new String(text, 0, inflater.inflate(text), ISO_8859_1);
    }
  }

  private static String latin1(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  @Test
  void oneIsolateHasSoManySockets() throws Exception {
    try (Served echo =
            Served.start(
                Project.EXAMPLES.resolve("websocket-echo/main.js"),
                NETWORK,
                Project.OPTIONS.withSocketLimits(new SocketLimits(1, 1_000, 1_000)));
        Wire first = new Wire(new Socket("127.0.0.1", echo.address().getPort()));
        Wire second = new Wire(new Socket("127.0.0.1", echo.address().getPort()))) {
      assertThat(first.upgrade("")).startsWith("HTTP/1.1 101 ");
      assertThat(second.upgrade("")).startsWith("HTTP/1.1 500 ");
    }
  }

  @Test
  void aProgramOpensSocketsToo() throws Exception {
    try (Served echo = echo();
        Served client = client()) {
      assertThat(ask(client, echo.address().getPort(), "&act=echo&protocol=echo"))
          .isEqualTo(
              "state 0\n"
                  + "open echo permessage-deflate\n"
                  + "text 5 héllo\n"
                  + "Blob 2\n"
                  + "Blob 4\n"
                  + "text 100000 xxxxxxxxxx\n"
                  + "close 1000 good bye true\n"
                  + "state 3");
      assertThat(ask(client, echo.address().getPort(), "&act=buffers"))
          .isEqualTo(
              "state 0\n"
                  + "open  permessage-deflate\n"
                  + "ArrayBuffer 4\n"
                  + "close 1000 good bye true\n"
                  + "state 3");
      assertThat(ask(client, echo.address().getPort(), "&act=at-once"))
          .isEqualTo("state 0\nerror\nclose 1006  false\nstate 3");
      assertThat(ask(client, echo.address().getPort(), "&act=close"))
          .isEqualTo("state 0\nopen  permessage-deflate\nclose 3001 mine true\nstate 3");
    }
  }

  @Test
  void whatCantBeReachedIsAnErrorAndAClose() throws Exception {
    int unused;
    try (ServerSocket taken = new ServerSocket(0)) {
      unused = taken.getLocalPort();
    }
    try (Served client = client()) {
      assertThat(ask(client, unused, "&act=nothing"))
          .isEqualTo("state 0\nerror\nclose 1006  false\nstate 3");
    }
  }

  @Test
  void whatIsNotGrantedIsNotReached() throws Exception {
    try (ServerSocket origin = new ServerSocket(0);
        JettyFetcher nowhere = new JettyFetcher(Egress.PUBLIC);
        Served client =
            Served.start(
                Project.PROGRAMS.resolve("socket-client.mjs"),
                NETWORK,
                Project.OPTIONS.withFetcher(nowhere))) {
      assertThat(ask(client, origin.getLocalPort(), "&act=nothing"))
          .isEqualTo("state 0\nerror\nclose 1006  false\nstate 3");
      origin.setSoTimeout(1);
      assertThat(accepted(origin)).isFalse();
    }
  }

  private static boolean accepted(ServerSocket origin) {
    try (Socket _ = origin.accept()) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aSocketIsPassedOnFromOneServerToAnother() throws Exception {
    try (Served echo = echo();
        Served between = client();
        Wire client = new Wire(new Socket("127.0.0.1", between.address().getPort()))) {
      client.target = "/?port=" + echo.address().getPort();
      assertThat(client.upgrade("")).startsWith("HTTP/1.1 101 ");

      client.frame(0x81, "through".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("81 through");
      client.frame(0x81, "bye".getBytes(ISO_8859_1));
      assertThat(client.readFrame()).isEqualTo("88 \u0003\u00e8good bye");
    }
  }

  private static Served echo() throws Exception {
    return Served.start(Project.EXAMPLES.resolve("websocket-echo/main.js"), NETWORK);
  }

  private static Served client() throws Exception {
    return Served.start(
        Project.PROGRAMS.resolve("socket-client.mjs"),
        NETWORK,
        Project.OPTIONS.withFetcher(FETCHER));
  }

  private static String ask(Served client, int port, String rest) throws Exception {
    String answer = client.get("/?port=" + port + rest);
    return answer.substring(answer.indexOf("state 0"));
  }

  /** A client that writes its frames byte by byte. */
  private static final class Wire implements AutoCloseable {
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;
    private String target = "/";

    Wire(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      in = new DataInputStream(socket.getInputStream());
    }

    String upgrade(String headers) throws IOException {
      send(
          ("GET "
                  + target
                  + " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                  + headers
                  + "\r\n")
              .getBytes(ISO_8859_1));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      return head.toString();
    }

    void frame(int first, byte[] payload) throws IOException {
      var frame = new ByteArrayOutputStream();
      frame.write(first);
      if (payload.length < 126) {
        frame.write(0x80 | payload.length);
      } else if (payload.length <= 0xffff) {
        frame.write(0x80 | 126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      } else {
        frame.write(0x80 | 127);
        frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
      }
      frame.writeBytes(MASK);
      for (int i = 0; i < payload.length; i++) {
        frame.write(payload[i] ^ MASK[i % MASK.length]);
      }
      send(frame.toByteArray());
    }

    /** The other side may have closed the connection by now. */
    void sendIfOpen(int first, byte[] payload) {
      try {
        frame(first, payload);
      } catch (IOException e) {
        // What has come from there is still to be read.
      }
    }

    void unmaskedFrame(int first, byte[] payload) throws IOException {
      var frame = new ByteArrayOutputStream();
      frame.write(first);
      frame.write(payload.length);
      frame.writeBytes(payload);
      send(frame.toByteArray());
    }

    private void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** The first byte in hexadecimal and the payload; "end" when there is no more. */
    String readFrame() throws IOException {
      int first = in.read();
      if (first < 0) {
        return "end";
      }
      byte[] payload = payload();
      return Integer.toHexString(first) + " " + new String(payload, ISO_8859_1);
    }

    private byte[] payload() throws IOException {
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return payload;
    }

    int readClose() throws IOException {
      assertThat(in.readUnsignedByte()).isEqualTo(0x88);
      byte[] payload = payload();
      assertThat(Arrays.copyOf(payload, 2)).hasSize(2);
      return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
