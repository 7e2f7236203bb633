package dev.runnel.image.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who somebody is at a registry. */
public record Credentials(String user, String secret) {

  /** As HTTP's basic authentication sends them. */
  String basic() {
    byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the secret, so that no log has it. */
  @Override
  public String toString() {
    return "Credentials[user=%s]".formatted(user);
  }
}
