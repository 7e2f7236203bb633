package dev.runnel.runtime.host.node.file;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds files below the mounts. Every step from a mount's root goes through an open folder and
 * follows no link, as {@code openat} with {@code O_NOFOLLOW} does; links are read, and their target
 * is looked up from the mount's root again. So whoever swaps a folder for a link at the wrong
 * moment gets an error, never a file outside the mounts.
 *
 * <p>Safe for use by many threads.
 */
public final class GuestFileSystem {
  private static final int MAX_LINKS = 40;

  private final List<Mount> mounts;

  public GuestFileSystem(List<Mount> mounts) {
    this.mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount each) -> each.guest().getNameCount()).reversed())
            .toList();
  }

  /** Whether the last name of a path may be a link that is followed. */
  public enum Links {
    FOLLOW,
    KEEP
  }

  /** Where a path leads. */
  public sealed interface Place {}

  /** A folder that only exists because a mount lies somewhere below it. */
  public record Virtual(SortedSet<String> names) implements Place {}

  /** The root of a mount. */
  public record Root(Mount mount) implements Place {}

  /**
   * A name in an open folder. The file may or may not exist.
   *
   * @param guest the path without links, as the guest would write it
   * @param host the same on the host, for what can't be done through the open folder
   */
  public record Entry(SecureDirectoryStream<Path> folder, Path name, Path guest, Path host)
      implements Place, AutoCloseable {

    @Override
    public void close() {
      GuestFileSystem.close(folder);
    }

    /** The attributes of the entry itself; a link's are not its target's. */
    public Optional<BasicFileAttributes> attributes() throws IOException {
      try {
        return Optional.of(
            folder
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes());
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  /** Looks up an absolute guest path. An {@link Entry} is the caller's to close. */
  public Place find(String guestPath, Links links) throws IOException {
    Path path = parse(guestPath);
    for (int followed = 0; followed <= MAX_LINKS; followed++) {
      Step step = walk(path, links);
      switch (step) {
        case Found(Place place) -> {
          return place;
        }
        case Elsewhere(Path target) -> path = target;
      }
    }
    throw failure("ELOOP");
  }

  /** An open folder, listed or walked through; the caller closes it. */
  public SecureDirectoryStream<Path> openFolder(Place place) throws IOException {
    return switch (place) {
      case Virtual _ -> throw failure("EACCES");
      case Root(Mount mount) -> secure(Files.newDirectoryStream(mount.host()));
      case Entry entry ->
          entry.folder().newDirectoryStream(entry.name(), LinkOption.NOFOLLOW_LINKS);
    };
  }

  private sealed interface Step {}

  private record Found(Place place) implements Step {}

  private record Elsewhere(Path guest) implements Step {}

  private static Path parse(String guestPath) {
    Path path = pathOf(guestPath);
    if (!path.isAbsolute()) {
      throw failure("ENOENT");
    }
    return path.normalize();
  }

  private static Path pathOf(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw failure("ENOENT");
    }
  }

  private Step walk(Path path, Links links) throws IOException {
    Optional<Mount> mount = mountOf(path);
    if (mount.isEmpty()) {
      return new Found(virtual(path));
    }
    Path inside = mount.get().guest().relativize(path);
    if (inside.toString().isEmpty()) {
      return new Found(new Root(mount.get()));
    }
    return descend(mount.get(), inside, links);
  }

  private Step descend(Mount mount, Path inside, Links links) throws IOException {
    SecureDirectoryStream<Path> folder = secure(Files.newDirectoryStream(mount.host()));
    Path guest = mount.guest();
    Path host = mount.host();
    try {
      for (int i = 0; ; i++) {
        Path name = inside.getName(i);
        boolean isLast = i == inside.getNameCount() - 1;
        var entry = new Entry(folder, name, guest.resolve(name), host.resolve(name));
        Optional<BasicFileAttributes> attributes = entry.attributes();
        boolean follows = !isLast || links == Links.FOLLOW;
        if (follows && attributes.filter(BasicFileAttributes::isSymbolicLink).isPresent()) {
          Path rest = inside.subpath(i, inside.getNameCount());
          Path target = target(entry, guest, rest);
          close(folder);
          return new Elsewhere(target);
        }
        if (isLast) {
          return new Found(entry);
        }
        requireFolder(attributes);
        SecureDirectoryStream<Path> next =
            folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        close(folder);
        folder = next;
        guest = guest.resolve(name);
        host = host.resolve(name);
      }
    } catch (IOException | RuntimeException e) {
      close(folder);
      throw e;
    }
  }

  private static void requireFolder(Optional<BasicFileAttributes> attributes) {
    if (attributes.isEmpty()) {
      throw failure("ENOENT");
    }
    if (!attributes.get().isDirectory()) {
      throw failure("ENOTDIR");
    }
  }

  /**
   * Where a link leads, with the rest of the path behind it. Read by path: see the class comment.
   */
  private Path target(Entry link, Path guestFolder, Path rest) throws IOException {
    Path target;
    try {
      target = Files.readSymbolicLink(link.host());
    } catch (NotLinkException e) {
      throw failure("EACCES");
    }
    Path start = target.isAbsolute() ? guestOf(target) : guestFolder.resolve(target);
    Path behind = rest.getNameCount() == 1 ? Path.of("") : rest.subpath(1, rest.getNameCount());
    return start.resolve(behind).normalize();
  }

  /** A link's absolute target is a host path: it is followed where a mount holds it. */
  private Path guestOf(Path host) {
    Path normal = host.normalize();
    for (Mount mount : mounts) {
      if (normal.startsWith(mount.host())) {
        return mount.guest().resolve(mount.host().relativize(normal));
      }
    }
    throw failure("EACCES");
  }

  /** What a new link has to contain to lead to a guest path; none leads out of the mounts. */
  String linkContent(String target, Entry link) {
    Path path = pathOf(target);
    Path folder = Optional.ofNullable(link.guest().getParent()).orElse(Path.of("/"));
    Path goal = folder.resolve(path).normalize();
    Mount mount = mountOf(goal).orElseThrow(() -> failure("EACCES"));
    return path.isAbsolute()
        ? mount.host().resolve(mount.guest().relativize(goal)).toString()
        : target;
  }

  private Optional<Mount> mountOf(Path path) {
    return mounts.stream().filter(each -> path.startsWith(each.guest())).findFirst();
  }

  private Place virtual(Path path) {
    SortedSet<String> names = new TreeSet<>();
    for (Mount mount : mounts) {
      if (mount.guest().startsWith(path)) {
        names.add(mount.guest().getName(path.getNameCount()).toString());
      }
    }
    if (names.isEmpty() && path.getNameCount() > 0) {
      throw failure("ENOENT");
    }
    return new Virtual(names);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    folder.close();
    throw new IOException("This system has no way to open files relative to an open folder.");
  }

  static void close(DirectoryStream<Path> folder) {
    try {
      folder.close();
    } catch (IOException e) {
      // Closing a folder that was only read loses nothing.
    }
  }

  /** Only the code: the JavaScript half knows the call and the path as the program wrote it. */
  static HostError failure(String code) {
    return HostError.system(code, code);
  }
}
