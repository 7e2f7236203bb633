package dev.runnel.runtime.host.node.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code stat} says of a file. Owner, inode and device stay out: they tell about the host.
 *
 * @param mode the permission bits
 */
public record FileStatus(Kind kind, long size, int mode, Times times) {

  /** What a path names. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    OTHER;

    static Kind of(BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        return FILE;
      }
      if (attributes.isDirectory()) {
        return DIRECTORY;
      }
      return attributes.isSymbolicLink() ? LINK : OTHER;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In milliseconds since 1970, with fractions. */
  public record Times(double accessed, double modified, double created) {}

  private static final int DEFAULT_FOLDER_MODE = 0555;
  private static final FileStatus VIRTUAL =
      new FileStatus(Kind.DIRECTORY, 4_096, DEFAULT_FOLDER_MODE, new Times(0, 0, 0));

  static FileStatus virtual() {
    return VIRTUAL;
  }

  static FileStatus of(Path root) throws IOException {
    return of(Files.readAttributes(root, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  static FileStatus of(GuestFileSystem.Entry entry) throws IOException {
    return of(
        entry
            .folder()
            .getFileAttributeView(
                entry.name(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes());
  }

  private static FileStatus of(PosixFileAttributes attributes) {
    return new FileStatus(
        Kind.of(attributes),
        attributes.size(),
        mode(attributes.permissions()),
        new Times(
            milliseconds(attributes.lastAccessTime()),
            milliseconds(attributes.lastModifiedTime()),
            milliseconds(attributes.creationTime())));
  }

  private static double milliseconds(FileTime time) {
    var instant = time.toInstant();
    return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
  }

  private static final Map<PosixFilePermission, Integer> BITS =
      Map.of(
          PosixFilePermission.OWNER_READ, 0400,
          PosixFilePermission.OWNER_WRITE, 0200,
          PosixFilePermission.OWNER_EXECUTE, 0100,
          PosixFilePermission.GROUP_READ, 040,
          PosixFilePermission.GROUP_WRITE, 020,
          PosixFilePermission.GROUP_EXECUTE, 010,
          PosixFilePermission.OTHERS_READ, 04,
          PosixFilePermission.OTHERS_WRITE, 02,
          PosixFilePermission.OTHERS_EXECUTE, 01);

  private static int mode(Set<PosixFilePermission> permissions) {
    return permissions.stream().mapToInt(BITS::get).sum();
  }

  /** The permissions that those bits stand for. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    BITS.forEach(
        (permission, bit) -> {
          if ((mode & bit) != 0) {
            permissions.add(permission);
          }
        });
    return permissions;
  }

  /** The bits of the owner, whom this process acts as. */
  boolean allows(int wanted) {
    return (mode >> 6 & wanted) == wanted;
  }
}
