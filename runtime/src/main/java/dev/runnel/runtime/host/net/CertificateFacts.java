package dev.runnel.runtime.host.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a certificate says, for {@code internal/tls/certificate.js} to shape as Node does. */
final class CertificateFacts {
  private static final int DNS_NAME = 2;
  private static final int URI = 6;
  private static final int IP_ADDRESS = 7;
  private static final int HEX = 16;

  private CertificateFacts() {}

  static JsonObject of(X509Certificate certificate) throws GeneralSecurityException {
    var facts = new JsonObject();
    facts.addProperty("subject", certificate.getSubjectX500Principal().getName());
    facts.addProperty("issuer", certificate.getIssuerX500Principal().getName());
    facts.addProperty("from", certificate.getNotBefore().getTime());
    facts.addProperty("to", certificate.getNotAfter().getTime());
    facts.addProperty(
        "serial", certificate.getSerialNumber().toString(HEX).toUpperCase(Locale.ROOT));
    facts.addProperty("authority", certificate.getBasicConstraints() >= 0);
    facts.addProperty("raw", Base64.getEncoder().encodeToString(certificate.getEncoded()));
    facts.add("names", names(certificate.getSubjectAlternativeNames()));
    return facts;
  }

  private static JsonArray names(@Nullable Collection<List<?>> alternatives) {
    var names = new JsonArray();
    if (alternatives != null) {
      for (List<?> name : alternatives) {
        String kind = kind((int) name.getFirst());
        if (!kind.isEmpty()) {
          names.add(kind + name.getLast());
        }
      }
    }
    return names;
  }

  private static String kind(int type) {
    return switch (type) {
      case DNS_NAME -> "DNS:";
      case URI -> "URI:";
      case IP_ADDRESS -> "IP Address:";
      default -> "";
    };
  }
}
