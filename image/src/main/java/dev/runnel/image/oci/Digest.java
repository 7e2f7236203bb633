package dev.runnel.image.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of content: its SHA-256, written {@code sha256:} and 64 hexadecimal digits. The other
 * algorithms of the specification are not supported.
 *
 * @param hex the 64 digits, in lower case
 */
public record Digest(String hex) {
  private static final String ALGORITHM = "sha256:";

  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("\"%s\" is no SHA-256.".formatted(hex));
    }
  }

  public static Digest of(byte[] content) {
    MessageDigest sha256 = sha256();
    sha256.update(content);
    return of(sha256);
  }

  /** Of all that was put into a {@link #sha256}, which is empty afterwards. */
  public static Digest of(MessageDigest sha256) {
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  public static Digest parse(String text) throws ImageException {
    String hex = text.startsWith(ALGORITHM) ? text.substring(ALGORITHM.length()) : "";
    if (!isHex(hex)) {
      throw new ImageException("\"%s\" is no digest; write it like sha256:64 digits.", text);
    }
    return new Digest(hex);
  }

  private static boolean isHex(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return ALGORITHM + hex;
  }
}
