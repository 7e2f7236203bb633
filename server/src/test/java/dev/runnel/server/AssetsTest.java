package dev.runnel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.Network;
import dev.runnel.server.assets.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {
  private final EchoProgram program = new EchoProgram();
  private final JettyNetwork network = new JettyNetwork();
  private Network.Listener listener;
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectory(folder.resolve("public"));
    Files.writeString(root.resolve("a.txt"), "0123456789");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    listener =
        TestServer.listen(network, TestServer.anyPort(), new Assets(root).before(program))
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    network.close();
  }

  /** The whole answer. */
  private String ask(String line, String... fields) throws IOException {
    StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: a\r\n");
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    try (RawClient client = new RawClient(listener.address())) {
      return client.send(request + "Connection: close\r\n\r\n").readToEnd();
    }
  }

  private String field(String answer, String name) {
    return answer
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 2);
  }

  @Test
  void aFileIsAnsweredWithoutTheProgram() throws Exception {
    assertThat(ask("GET /a.txt?b"))
        .startsWith("HTTP/1.1 200 ")
        .contains(
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Length: 10\r\n",
            "X-Content-Type-Options: nosniff\r\n")
        .endsWith("\r\n\r\n0123456789");
    assertThat(ask("HEAD /a.txt")).contains("Content-Length: 10\r\n").endsWith("\r\n\r\n");
    assertThat(program.asked).hasValue(0);
  }

  @Test
  void everythingElseIsTheProgramsBusiness() throws Exception {
    assertThat(ask("GET /none.txt")).endsWith("GET http://a/none.txt \"\"");
    assertThat(ask("DELETE /a.txt")).endsWith("DELETE http://a/a.txt \"\"");
    assertThat(ask("GET /")).endsWith("GET http://a/ \"\"");
    Files.writeString(root.resolve("index.html"), "<h1>");
    assertThat(ask("GET /")).contains("text/html").endsWith("<h1>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/x/../../secret.txt",
        "/x/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/link.txt",
        "/linked/secret.txt",
        "/absolute.txt",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/a.txt%00",
        "/a.txt/",
        "/a.txt%2f",
        "//a.txt",
        "/./a.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/pipe",
        "/folder",
      })
  void nothingButPlainFilesOfTheFolderIsEverSent(String target) throws Exception {
    Files.createSymbolicLink(root.resolve("link.txt"), Path.of("../secret.txt"));
    Files.createSymbolicLink(root.resolve("linked"), folder);
    Files.createSymbolicLink(root.resolve("absolute.txt"), folder.resolve("secret.txt"));
    Files.writeString(root.resolve(".env"), "secret");
    Files.createDirectory(root.resolve("folder"));
    Files.createDirectory(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "secret");
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();

    assertThat(ask("GET " + target))
        .satisfiesAnyOf(
            answer -> assertThat(answer).startsWith("HTTP/1.1 400 "),
            answer -> assertThat(answer).endsWith(" \"\""))
        .doesNotEndWith("secret")
        .doesNotEndWith("0123456789");
  }

  @Test
  void linksWithinTheFolderAreFollowed() throws Exception {
    Files.createSymbolicLink(root.resolve("b.txt"), Path.of("a.txt"));

    assertThat(ask("GET /b.txt")).endsWith("0123456789");
    Files.createDirectory(root.resolve(".well-known"));
    Files.writeString(root.resolve(".well-known/security.txt"), "mail us");
    assertThat(ask("GET /.well-known/security.txt")).endsWith("mail us");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3    | 206 | bytes 0-3/10 | 0123",
        "bytes=7-     | 206 | bytes 7-9/10 | 789",
        "bytes=-2     | 206 | bytes 8-9/10 | 89",
        "bytes=5-99   | 206 | bytes 5-9/10 | 56789",
        "bytes=10-    | 416 | bytes */10   | ''",
        "bytes=-0     | 416 | bytes */10   | ''",
        "bytes=3-1    | 200 | ''           | 0123456789",
        "bytes=0-1,4- | 200 | ''           | 0123456789",
        "chars=0-1    | 200 | ''           | 0123456789",
      })
  void rangesAreAnswered(String range, int status, String content, String body) throws Exception {
    String answer = ask("GET /a.txt", "Range: " + range);

    assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n" + body);
    if (content.isEmpty()) {
      assertThat(answer).doesNotContain("Content-Range");
    } else {
      assertThat(field(answer, "Content-Range")).isEqualTo(content);
    }
  }

  @Test
  void conditionsAreLookedAt() throws Exception {
    String first = ask("GET /a.txt");
    String tag = field(first, "ETag");
    String modified = field(first, "Last-Modified");

    assertThat(ask("GET /a.txt", "If-None-Match: " + tag))
        .startsWith("HTTP/1.1 304 ")
        .contains(tag)
        .endsWith("\r\n\r\n");
    assertThat(ask("GET /a.txt", "If-Modified-Since: " + modified)).startsWith("HTTP/1.1 304 ");
    assertThat(ask("GET /a.txt", "If-None-Match: \"other\"")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /a.txt", "If-Match: \"other\"")).startsWith("HTTP/1.1 412 ");
    assertThat(ask("GET /a.txt", "If-Match: " + tag)).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /a.txt", "Range: bytes=0-0", "If-Range: " + tag)).endsWith("\r\n\r\n0");
    assertThat(ask("GET /a.txt", "Range: bytes=0-0", "If-Range: \"other\"")).endsWith("0123456789");

    Files.writeString(root.resolve("a.txt"), "changed and longer");
    assertThat(ask("GET /a.txt", "If-None-Match: " + tag)).endsWith("changed and longer");
  }

  @Test
  void whatLiesPackedBesideIsSentToThoseWhoUnpackIt() throws Exception {
    Files.writeString(root.resolve("a.txt.gz"), "gzipped");
    Files.writeString(root.resolve("a.txt.br"), "brotli");

    String answer = ask("GET /a.txt", "Accept-Encoding: gzip, br");
    assertThat(answer)
        .contains("Content-Encoding: br", "Content-Type: text/plain", "Vary: Accept-Encoding")
        .endsWith("brotli");
    assertThat(ask("GET /a.txt", "Accept-Encoding: gzip")).endsWith("gzipped");
    assertThat(ask("GET /a.txt", "Accept-Encoding: br;q=0, zstd")).endsWith("0123456789");
    assertThat(field(ask("GET /a.txt"), "ETag")).isNotEqualTo(field(answer, "ETag"));
  }

  @Test
  void aClientThatLeavesEndsTheReadingOfALongFile() throws Exception {
    Files.write(root.resolve("long.bin"), new byte[64 << 20]);
    try (RawClient client = new RawClient(listener.address())) {
      client.get("/long.bin").readHead();
      assertThat(isOpen("long.bin")).isTrue();
    }
    Await.until(() -> !isOpen("long.bin"));
  }

  private static boolean isOpen(String name) {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.anyMatch(one -> target(one).endsWith(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
