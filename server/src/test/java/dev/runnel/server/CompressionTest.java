package dev.runnel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.StreamDecoder;
import dev.runnel.codec.brotli.BrotliDecoder;
import dev.runnel.codec.zstd.ZstdDecoder;
import dev.runnel.server.FakeProgram.Call;
import dev.runnel.server.compress.Compression;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  private static final int GZIP_HEAD = 10;
  private static final String TYPE = "Content-Type";
  private static final String TEXT = "text/plain; charset=utf-8";

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = serverWith(64 << 20);
  }

  private static TestServer serverWith(long codecBytes) throws Exception {
    return new TestServer(ServerOptions.DEFAULT.withCompression(new Compression(codecBytes)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient ask(String codings) throws Exception {
    return server
        .connect()
        .send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + codings + "\r\n\r\n");
  }

  @Test
  void whatTheProgramFlushesCanBeDecodedAtOnceWithGzip() throws Exception {
    try (RawClient client = ask("gzip");
        Inflater inflater = new Inflater(true)) {
      Call call = server.program.next().head(200, TYPE, TEXT);
      assertThat(client.readHead())
          .contains("Content-Encoding: gzip\r\n", "Vary: Accept-Encoding\r\n");

      call.write("one ");
      byte[] first = client.readChunk().getBytes(ISO_8859_1);
      inflater.setInput(first, GZIP_HEAD, first.length - GZIP_HEAD);
      assertThat(inflated(inflater)).isEqualTo("one ");

      call.write("two");
      inflater.setInput(client.readChunk().getBytes(ISO_8859_1));
      assertThat(inflated(inflater)).isEqualTo("two");
      call.end();
    }
  }

  private static String inflated(Inflater inflater) throws Exception {
    byte[] bytes = new byte[1000];
    return new String(bytes, 0, inflater.inflate(bytes), UTF_8);
  }

  @Test
  void whatTheProgramFlushesCanBeDecodedAtOnceWithBrotli() throws Exception {
    try (StreamDecoder decoder =
        new BrotliDecoder(new CodecMemory(64 << 20), BrotliDecoder.Window.STANDARD)) {
      eachChunkCanBeDecodedAtOnce("gzip, deflate, br, zstd", "br", decoder);
    }
  }

  @Test
  void whatTheProgramFlushesCanBeDecodedAtOnceWithZstandard() throws Exception {
    try (StreamDecoder decoder =
        new ZstdDecoder(
            new CodecMemory(64 << 20), ZstdDecoder.HTTP_WINDOW_LOG, ZstdDecoder.Frames.ONE)) {
      eachChunkCanBeDecodedAtOnce("gzip, zstd", "zstd", decoder);
    }
  }

  private void eachChunkCanBeDecodedAtOnce(String accepted, String coding, StreamDecoder decoder)
      throws Exception {
    try (RawClient client = ask(accepted)) {
      Call call = server.program.next().head(200, TYPE, TEXT);
      assertThat(client.readHead()).contains("Content-Encoding: " + coding + "\r\n");

      call.write("one ");
      assertThat(decoded(decoder, client.readChunk())).isEqualTo("one ");
      call.write("two");
      assertThat(decoded(decoder, client.readChunk())).isEqualTo("two");
      call.end();
      assertThat(decoded(decoder, client.readChunk())).isEmpty();
      assertThat(decoder.isFinished()).isTrue();
    }
  }

  private static String decoded(StreamDecoder decoder, String chunk) throws Exception {
    ByteBuffer output = ByteBuffer.allocate(1000);
    decoder.run(ByteBuffer.wrap(chunk.getBytes(ISO_8859_1)), output);
    return UTF_8.decode(output.flip()).toString();
  }

  @Test
  void aLongBodyIsTheSameWhenItIsDecoded() throws Exception {
    String text =
        new Random(1)
            .ints(300_000, 'a', 'f')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    try (RawClient client = ask("gzip")) {
      Call call =
          server.program.next().head(200, TYPE, TEXT, "Content-Length", "300000", "ETag", "\"a\"");
      call.write(text);
      call.end();

      assertThat(client.readHead()).contains("ETag: W/\"a\"").doesNotContain("Content-Length");
      StringBuilder coded = new StringBuilder();
      for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
        coded.append(chunk);
      }
      byte[] bytes = coded.toString().getBytes(ISO_8859_1);
      assertThat(bytes.length).isLessThan(150_000);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
          .isEqualTo(text.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity            | Content-Type    | text/html",
        "gzip;q=0, br;q=0    | Content-Type    | text/html",
        "deflate             | Content-Type    | text/html",
        "zstd;q=0            | Content-Type    | text/html",
        "gzip                | Content-Type    | image/png",
        "gzip                | X-None          | none",
        "gzip                | Content-Encoding| br",
        "gzip                | Cache-Control   | public, no-transform",
        "gzip                | Content-Length  | 4",
      })
  void whatNeedNotBeIsLeftAlone(String accepted, String name, String value) throws Exception {
    try (RawClient client = ask(accepted)) {
      Call call = server.program.next();
      if (name.equals(TYPE) || name.equals("X-None")) {
        call.head(200, name, value);
      } else {
        call.head(200, TYPE, TEXT, name, value);
      }
      call.write("text");
      call.end();

      assertThat(client.readUntil("text")).doesNotContain("gzip", "Vary");
    }
  }

  @Test
  void gzipTakesTheOthersPlaceWhenThereIsNoMemory() throws Exception {
    server.close();
    server = serverWith(1);
    try (RawClient both = ask("br, zstd, gzip")) {
      server.program.next().head(200, TYPE, TEXT);
      assertThat(both.readHead()).contains("Content-Encoding: gzip");
    }
    try (RawClient brotliOnly = ask("br")) {
      server.program.next().head(200, TYPE, TEXT).write("plain").end();
      assertThat(brotliOnly.readUntil("plain")).doesNotContain("Content-Encoding");
    }
  }
}
