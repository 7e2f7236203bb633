package dev.runnel.runtime.host.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import dev.runnel.runtime.http.ByteLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection an encrypted one. Blocks. Whether the other side is who it says is told to the
 * program, whose own data it is; {@code node:tls} refuses by default.
 */
final class TlsHandshake {
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final char[] NO_PASSWORD = {};

  private final TlsSettings settings;
  private final PeerCheck check;

  private TlsHandshake(TlsSettings settings) throws GeneralSecurityException {
    this.settings = settings;
    this.check = PeerCheck.trusting(certificates(settings.ca()));
  }

  /** The link and what is to be known of it, as JSON. */
  record Outcome(TcpLink link, String facts) {}

  static Outcome of(ByteLink plain, TlsSettings settings) {
    Socket socket = plain instanceof TcpLink tcp ? tcp.socket() : new LinkSocket(plain);
    try {
      return new TlsHandshake(settings).shakeHands(socket);
    } catch (IOException e) {
      throw SocketErrors.of(e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw HostError.error("ERR_TLS_INVALID_CONTEXT", "%s", String.valueOf(e.getMessage()));
    }
  }

  private Outcome shakeHands(Socket plain) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys(), new TrustManager[] {check}, null);
    var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, settings.servername(), plain.getPort(), true);
    socket.setUseClientMode(!settings.server());
    configure(socket);
    socket.startHandshake();
    return new Outcome(new TcpLink(socket), facts(socket));
  }

  private void configure(SSLSocket socket) {
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(settings.protocols().toArray(new String[0]));
    parameters.setApplicationProtocols(settings.alpn().toArray(new String[0]));
    if (settings.server()) {
      parameters.setWantClientAuth(settings.asksClient());
    } else if (!settings.servername().isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(settings.servername())));
    }
    socket.setSSLParameters(parameters);
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (!settings.pfx().isEmpty()) {
      return keys(packed(), settings.passphrase().toCharArray());
    }
    if (settings.cert().isEmpty() || settings.key().isEmpty()) {
      return null;
    }
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "own",
        privateKey(settings.key()),
        NO_PASSWORD,
        certificates(settings.cert()).toArray(new Certificate[0]));
    return keys(store, NO_PASSWORD);
  }

  private static KeyManager[] keys(KeyStore store, char[] password)
      throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, password);
    return managers.getKeyManagers();
  }

  private KeyStore packed() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      byte[] encoded = Base64.getDecoder().decode(settings.pfx());
      store.load(new ByteArrayInputStream(encoded), settings.passphrase().toCharArray());
    } catch (IOException e) {
      throw new GeneralSecurityException("The option pfx can't be read: " + e.getMessage(), e);
    }
    return store;
  }

  private static PrivateKey privateKey(String base64) throws GeneralSecurityException {
    var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // A key of another algorithm.
      }
    }
    throw new InvalidKeySpecException("The private key is of no algorithm that TLS uses.");
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return pem.isEmpty()
        ? List.of()
        : CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private String facts(SSLSocket socket) throws GeneralSecurityException {
    var facts = new JsonObject();
    facts.addProperty("protocol", socket.getSession().getProtocol());
    facts.addProperty("cipher", socket.getSession().getCipherSuite());
    facts.addProperty("alpn", String.valueOf(socket.getApplicationProtocol()));
    facts.addProperty("servername", askedName(socket));
    check.failure().ifPresent(code -> facts.addProperty("failure", code));
    var chain = new JsonArray();
    for (Certificate certificate : peerCertificates(socket)) {
      chain.add(CertificateFacts.of((X509Certificate) certificate));
    }
    facts.add("chain", chain);
    return facts.toString();
  }

  /** The name that a client has asked for. */
  private static String askedName(SSLSocket socket) {
    if (socket.getSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return "";
  }

  private static Certificate[] peerCertificates(SSLSocket socket) {
    try {
      return socket.getSession().getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      return new Certificate[0];
    }
  }
}
