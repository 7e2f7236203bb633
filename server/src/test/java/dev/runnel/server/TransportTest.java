package dev.runnel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.server.FakeProgram.Call;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS, HTTP/2, the PROXY protocol, and whose word on a request's origin is taken. */
class TransportTest {
  @TempDir private Path folder;

  private TestServer tlsServer() throws Exception {
    writeCertificate();
    Certificates files = new Certificates(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    return new TestServer(
        ServerOptions.DEFAULT.withTransport(
            new Transport(Optional.of(files), TrustedProxies.NONE, false)));
  }

  private static TestServer behind(boolean proxyProtocol, String... trusted) throws Exception {
    return new TestServer(
        ServerOptions.DEFAULT.withTransport(
            new Transport(Optional.empty(), TrustedProxies.of(List.of(trusted)), proxyProtocol)));
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, 1.1", "HTTP_2, 2.0"})
  void tlsSpeaksWhatItsClientChooses(HttpClient.Version version, String seen) throws Exception {
    try (TestServer server = tlsServer();
        HttpClient client =
            HttpClient.newBuilder().sslContext(trustingAll()).version(version).build()) {
      URI uri =
          URI.create("https://localhost:%d/a?b".formatted(server.listener.address().getPort()));
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(
              HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("body")).build(),
              BodyHandlers.ofString());

      Call call = server.program.next();
      assertThat(call.request.url()).isEqualTo(uri.toString());
      assertThat(call.request.connection().httpVersion()).isEqualTo(seen);
      assertThat(call.request.connection().encrypted()).isTrue();
      assertThat(call.read()).isEqualTo("body");
      call.head(200, "x-a", "b").write("one ").write("two");
      call.end();

      assertThat(answer.get().body()).isEqualTo("one two");
      assertThat(answer.get().version()).isEqualTo(version);
    }
  }

  @Test
  void aClientThatLeavesByTlsIsNoticed() throws Exception {
    try (TestServer server = tlsServer()) {
      SSLSocket client = connect(server);
      client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      Call call = server.program.next();

      client.close();

      assertThat(call.isGoneWithin(1_000)).isTrue();
    }
  }

  @Test
  void aStreamThatIsResetIsNoticedAndItsConnectionGoesOn() throws Exception {
    try (TestServer server = tlsServer();
        HttpClient client = HttpClient.newBuilder().sslContext(trustingAll()).build()) {
      int port = server.listener.address().getPort();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:%d/".formatted(port))).build();
      var first = client.sendAsync(request, BodyHandlers.ofString());
      Call one = server.program.next();
      var second = client.sendAsync(request, BodyHandlers.ofString());
      Call two = server.program.next();

      first.cancel(true);

      assertThat(one.isGoneWithin(1_000)).isTrue();
      two.answer("still here");
      assertThat(second.get().body()).isEqualTo("still here");
      assertThat(two.request.connection().remotePort())
          .isEqualTo(one.request.connection().remotePort());
    }
  }

  @Test
  void aCertificateIsExchangedWhenItsFilesAre() throws Exception {
    try (TestServer server = tlsServer()) {
      BigInteger before = serial(server);
      BigInteger after = writeCertificate();

      Await.until(() -> serial(server).equals(after));
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void aKeyOfAnotherFormIsRefusedInASentence() throws Exception {
    writeCertificate();
    Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");

    assertThatThrownBy(() -> new Certificates(folder.resolve("cert.pem"), key).load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PKCS #8")
        .hasMessageContaining("openssl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For: 1.2.3.4 | 1.2.3.4 | http://a/",
        "X-Forwarded-For: 9.9.9.9, 1.2.3.4, 10.1.2.3 | 1.2.3.4 | http://a/",
        "X-Forwarded-For: 1.2.3.4\\r\\nX-Forwarded-Proto: https\\r\\nX-Forwarded-Host: b.test | 1.2.3.4 | https://b.test/",
        "X-Forwarded-Proto: https | 127.0.0.1 | https://a/",
        "X-Forwarded-For: 1.2.3.4\\r\\nX-Forwarded-Host: b/../c | 1.2.3.4 | http://a/",
        "Forwarded: for=1.2.3.4;proto=https;host=b.test\\r\\nX-Forwarded-For: 6.6.6.6 | 1.2.3.4 | https://b.test/",
        "Forwarded: for=\"[2001:db8::1]:99\" | 2001:db8:0:0:0:0:0:1 | http://a/",
        "Forwarded: for=6.6.6.6, for=1.2.3.4;proto=http, for=10.0.0.1;proto=https | 1.2.3.4 | http://a/",
        "Forwarded: for=_hidden | '' | http://a/",
      })
  void aTrustedProxysWordIsTaken(String headers, String address, String url) throws Exception {
    try (TestServer server = behind(false, "127.0.0.1", "10.0.0.0/8");
        RawClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\n\r\n");
      Call call = server.program.next();

      assertThat(call.request.connection().remoteAddress()).isEqualTo(address);
      assertThat(call.request.url()).isEqualTo(url);
      assertThat(call.request.connection().encrypted()).isEqualTo(url.startsWith("https"));
    }
  }

  @Test
  void nobodyElsesWordIs() throws Exception {
    for (String trusted : List.of("10.0.0.0/8", "::1")) {
      try (TestServer server = behind(false, trusted);
          RawClient client = server.connect()) {
        client.send(
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4;proto=https\r\n\r\n");

        Call call = server.program.next();
        assertThat(call.request.connection().remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(call.request.url()).isEqualTo("http://a/");
      }
    }
  }

  @Test
  void aProxyHeaderTellsTheClientsAddressAndAClientThatLeavesIsStillNoticed() throws Exception {
    try (TestServer server = behind(true, "127.0.0.1")) {
      RawClient client =
          server
              .connect()
              .send("PROXY TCP4 1.2.3.4 5.6.7.8 99 443\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Call call = server.program.next();
      assertThat(call.request.connection().remoteAddress()).isEqualTo("1.2.3.4");
      assertThat(call.request.connection().remotePort()).isEqualTo(99);

      client.close();

      assertThat(call.isGoneWithin(1_000)).isTrue();
    }
  }

  @Test
  void aProxyWithoutItsHeaderIsClosedAndAStrangersHeaderIsNone() throws Exception {
    try (TestServer server = behind(true, "127.0.0.1");
        RawClient client = server.connect().get("/")) {
      assertThat(client.isAtEnd()).isTrue();
      assertThat(server.program.wasAsked()).isFalse();
    }
    try (TestServer server = behind(true, "10.0.0.0/8");
        RawClient client = server.connect().send("PROXY TCP4 1.2.3.4 5.6.7.8 99 443\r\n\r\n")) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/33", "a.test", "10.0.0.0/x", "''", "10.0.0.0/-1"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .hasMessageContaining("is not an address or a network");
  }

  private static BigInteger serial(TestServer server) {
    try (SSLSocket client = connect(server)) {
      X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
      return certificate.getSerialNumber();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SSLSocket connect(TestServer server) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            trustingAll()
                .getSocketFactory()
                .createSocket("localhost", server.listener.address().getPort());
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trustingAll() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    return context;
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** By keytool, the one certificate authority that comes with every JDK. */
  private BigInteger writeCertificate() throws Exception {
    Path store = Files.createTempDirectory(folder, "store").resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    char[] password = "secret".toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    X509Certificate certificate = (X509Certificate) keys.getCertificate("a");
    write("key.pem", "PRIVATE KEY", keys.getKey("a", password).getEncoded());
    write("cert.pem", "CERTIFICATE", certificate.getEncoded());
    return certificate.getSerialNumber();
  }

  private void write(String name, String kind, byte[] encoded) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(encoded);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, base64));
  }
}
