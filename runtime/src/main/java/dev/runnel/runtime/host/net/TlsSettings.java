package dev.runnel.runtime.host.net;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.runnel.engine.HostError;
import java.util.List;

/**
 * How a program wants a connection to be encrypted, as {@code internal/tls/socket.js} writes it.
 *
 * @param server whether this end answers the handshake
 * @param servername the name that the client asks for, or nothing
 * @param alpn protocols to choose from, best first
 * @param ca PEM certificates to trust in place of the JDK's, or nothing
 * @param cert PEM certificates of this end, its own first, or nothing
 * @param key its private key in base64, PKCS #8, or nothing
 * @param pfx a PKCS #12 store in base64 that stands for both, or nothing
 * @param passphrase of that store
 * @param asksClient whether a server asks for its client's certificate
 * @param protocols from {@code TLSv1.2} and {@code TLSv1.3}, at least one
 */
record TlsSettings(
    boolean server,
    String servername,
    List<String> alpn,
    String ca,
    String cert,
    String key,
    String pfx,
    String passphrase,
    boolean asksClient,
    List<String> protocols) {
  private static final Gson GSON = new Gson();

  static TlsSettings parse(String json) {
    try {
      TlsSettings settings = GSON.fromJson(json, TlsSettings.class);
      if (settings != null && settings.isWhole()) {
        return settings;
      }
    } catch (JsonSyntaxException e) {
      throw HostError.type("ERR_INVALID_ARG_VALUE", "The TLS settings are no JSON.");
    }
    throw HostError.type("ERR_INVALID_ARG_VALUE", "The TLS settings are not complete.");
  }

  /** What is missing in the text is null, whatever the types say. */
  @SuppressWarnings("RedundantNullCheck")
  private boolean isWhole() {
    return servername != null
        && alpn != null
        && ca != null
        && cert != null
        && key != null
        && pfx != null
        && passphrase != null
        && protocols != null
        && !protocols.isEmpty();
  }
}
