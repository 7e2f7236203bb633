package dev.runnel.wasi;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What {@code filestat} says of a file.
 *
 * @param inode which file it is among those that this program has seen; it says nothing of the host
 * @param accessed in nanoseconds since 1970, as {@code modified}
 */
record FileStatus(FileType type, long inode, long size, long accessed, long modified) {
  private static final long NANOS = 1_000_000_000L;

  /** Of a stream, which has no more to it. */
  static FileStatus of(FileType type) {
    return new FileStatus(type, 0, 0, 0, 0);
  }

  static FileStatus of(BasicFileAttributes attributes, Inodes inodes) {
    return new FileStatus(
        FileType.of(attributes),
        inodes.of(attributes),
        attributes.size(),
        nanos(attributes.lastAccessTime()),
        nanos(attributes.lastModifiedTime()));
  }

  FileStatus withSize(long changed) {
    return new FileStatus(type, inode, changed, accessed, modified);
  }

  private static long nanos(FileTime time) {
    var instant = time.toInstant();
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }
}
