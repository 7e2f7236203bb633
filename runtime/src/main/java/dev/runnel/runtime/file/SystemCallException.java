package dev.runnel.runtime.file;

import java.io.IOException;
import java.util.Map;

/** A call that the system refused, by the name of its error. */
public final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Linux's numbers, which are the same on every processor that Java runs on. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "EPERM"),
          Map.entry(2, "ENOENT"),
          Map.entry(13, "EACCES"),
          Map.entry(16, "EBUSY"),
          Map.entry(17, "EEXIST"),
          Map.entry(18, "EXDEV"),
          Map.entry(20, "ENOTDIR"),
          Map.entry(21, "EISDIR"),
          Map.entry(22, "EINVAL"),
          Map.entry(23, "ENFILE"),
          Map.entry(24, "EMFILE"),
          Map.entry(28, "ENOSPC"),
          Map.entry(30, "EROFS"),
          Map.entry(31, "EMLINK"),
          Map.entry(36, "ENAMETOOLONG"),
          Map.entry(39, "ENOTEMPTY"),
          Map.entry(40, "ELOOP"),
          Map.entry(95, "ENOTSUP"),
          Map.entry(122, "EDQUOT"));

  private final String code;

  SystemCallException(String code) {
    super(code);
    this.code = code;
  }

  static SystemCallException numbered(int number) {
    return new SystemCallException(NAMES.getOrDefault(number, "EIO"));
  }

  /** Such as {@code "ENOENT"}. */
  public String code() {
    return code;
  }
}
