package dev.runnel.server.assets;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** From a URL to the name of a file, or to none: whatever could mean something else is none. */
final class AssetPath {
  private AssetPath() {}

  /**
   * @param url absolute
   * @return decoded, beginning with a slash; a folder's path ends with one
   */
  static Optional<String> of(String url) {
    int start = url.indexOf('/', url.indexOf("://") + 3);
    int query = url.indexOf('?');
    String path = url.substring(Math.max(start, 0), query < 0 ? url.length() : query);
    return start < 0 ? Optional.empty() : decoded(path).filter(AssetPath::isPlain);
  }

  private static Optional<String> decoded(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c > 0x7e) {
        return Optional.empty();
      }
      if (c == '%') {
        int value =
            i + 2 < path.length() ? hex(path.charAt(i + 1)) * 16 + hex(path.charAt(i + 2)) : -1;
        if (value < ' ' || value == '/' || value == '\\' || value == 0x7f) {
          return Optional.empty();
        }
        bytes.put((byte) value);
        i += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Very negative for what is no digit. */
  private static int hex(char c) {
    int value = Character.digit(c, 16);
    return value < 0 ? -1000 : value;
  }

  /** Names that begin with a dot are private (.env, .git), but for the one the Web has. */
  private static boolean isPlain(String path) {
    if (path.indexOf('\\') >= 0 || path.contains("//") || path.contains("/../")) {
      return false;
    }
    String rest = path.startsWith("/.well-known/") ? path.substring("/.well-known".length()) : path;
    return rest.startsWith("/") && !rest.contains("/.");
  }
}
