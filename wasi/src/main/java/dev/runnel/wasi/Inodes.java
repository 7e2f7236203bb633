package dev.runnel.wasi;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers for files: two that a program meets are the same file when they have the same number. The
 * host's own numbers stay hidden.
 */
final class Inodes {
  /** The numbers of the files that were met longest ago are forgotten. */
  private static final int MOST = 65_536;

  private final Map<Object, Long> numbers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
          return size() > MOST;
        }
      };

  private long last;

  /** 0 where the file system doesn't tell files apart. */
  long of(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key == null ? 0 : numbers.computeIfAbsent(key, _ -> ++last);
  }
}
