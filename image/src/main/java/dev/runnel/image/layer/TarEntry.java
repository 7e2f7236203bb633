package dev.runnel.image.layer;

/**
 * The head of one entry of a tar file.
 *
 * @param name as it stands there, without a check
 * @param size of the content that follows, in bytes
 * @param mode the lower twelve bits of a Unix mode
 * @param link what a link leads to; empty for the rest
 */
public record TarEntry(Kind kind, String name, long size, int mode, String link) {
  /** What an entry is; the specification's letter stands beside it. */
  public enum Kind {
    FILE('0'),
    HARD_LINK('1'),
    SYMBOLIC_LINK('2'),
    FOLDER('5'),
    OTHER('?');

    private final char flag;

    Kind(char flag) {
      this.flag = flag;
    }

    char flag() {
      return flag;
    }

    static Kind of(char flag) {
      return switch (flag) {
        case '0', '\0', '7' -> FILE;
        case '1' -> HARD_LINK;
        case '2' -> SYMBOLIC_LINK;
        case '5' -> FOLDER;
        default -> OTHER;
      };
    }
  }

  public static TarEntry file(String name, long size, int mode) {
    return new TarEntry(Kind.FILE, name, size, mode, "");
  }

  public static TarEntry folder(String name, int mode) {
    return new TarEntry(Kind.FOLDER, name, 0, mode, "");
  }

  public static TarEntry symbolicLink(String name, String target) {
    return new TarEntry(Kind.SYMBOLIC_LINK, name, 0, 0777, target);
  }
}
