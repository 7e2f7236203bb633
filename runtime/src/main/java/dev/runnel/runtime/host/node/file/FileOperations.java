package dev.runnel.runtime.host.node.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.runnel.runtime.host.node.file.GuestFileSystem.Entry;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Links;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Place;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Root;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Virtual;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a program may do with files, each operation by guest path. All of them block, and throw
 * {@link dev.runnel.engine.HostError} with the system's code or {@link IOException}.
 */
public final class FileOperations {
  private final GuestFileSystem files;
  private final long maxBytes;

  /**
   * @param maxBytes the largest file that is read whole: what an isolate can't hold is refused
   *     first
   */
  public FileOperations(GuestFileSystem files, long maxBytes) {
    this.files = files;
    this.maxBytes = maxBytes;
  }

  public FileStatus status(String path, Links links) throws IOException {
    Place place = files.find(path, links);
    return switch (place) {
      case Virtual _ -> FileStatus.virtual();
      case Root(Mount mount) -> FileStatus.of(mount.host());
      case Entry entry -> {
        try (entry) {
          yield FileStatus.of(entry);
        }
      }
    };
  }

  public byte[] read(String path) throws IOException {
    try (SeekableByteChannel channel = open(path, "r")) {
      long size = channel.size();
      if (size > maxBytes) {
        throw GuestFileSystem.failure("EFBIG");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // Reads until the file's end.
      }
      return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }
  }

  public void write(String path, byte[] content, String flags, int mode) throws IOException {
    try (SeekableByteChannel channel = open(path, flags, mode)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  private SeekableByteChannel open(String path, String flags) throws IOException {
    return open(path, flags, 0);
  }

  /**
   * Only regular files open: a FIFO would block for ever and a device isn't a file.
   *
   * @param mode the permissions of a file that this makes, before the process's umask
   */
  public SeekableByteChannel open(String path, String flags, int mode) throws IOException {
    Place place = files.find(path, flags.contains("x") ? Links.KEEP : Links.FOLLOW);
    if (!(place instanceof Entry entry)) {
      throw GuestFileSystem.failure("EISDIR");
    }
    try (entry) {
      Optional<BasicFileAttributes> attributes = entry.attributes();
      if (attributes.isPresent()) {
        requireRegular(attributes.get());
      }
      return entry
          .folder()
          .newByteChannel(
              entry.name(),
              options(flags),
              PosixFilePermissions.asFileAttribute(FileStatus.permissions(mode)));
    }
  }

  private static void requireRegular(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      throw GuestFileSystem.failure("EISDIR");
    }
    if (attributes.isOther()) {
      throw GuestFileSystem.failure("EACCES");
    }
  }

  private static Set<OpenOption> options(String flags) {
    Set<OpenOption> options = new HashSet<>();
    options.add(NOFOLLOW_LINKS);
    boolean both = flags.contains("+");
    switch (flags.charAt(0)) {
      case 'r' -> options.add(StandardOpenOption.READ);
      case 'w' -> options.addAll(EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE));
      case 'a' -> options.addAll(EnumSet.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE));
      default -> throw GuestFileSystem.failure("EINVAL");
    }
    if (both && flags.charAt(0) == 'a') {
      // The JDK refuses READ with APPEND; OpenFiles moves to the end before each write instead.
      options.remove(StandardOpenOption.APPEND);
      options.add(StandardOpenOption.WRITE);
    }
    if (both) {
      options.add(StandardOpenOption.READ);
      options.add(StandardOpenOption.WRITE);
    }
    if (flags.contains("x")) {
      options.add(StandardOpenOption.CREATE_NEW);
    } else if (flags.charAt(0) == 'w') {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options;
  }

  /** Names with their kinds, sorted as Node's callers came to expect. */
  public SortedMap<String, FileStatus.Kind> list(String path) throws IOException {
    Place place = files.find(path, Links.FOLLOW);
    SortedMap<String, FileStatus.Kind> found = new TreeMap<>();
    if (place instanceof Virtual(var names)) {
      names.forEach(name -> found.put(name, FileStatus.Kind.DIRECTORY));
      return found;
    }
    requireFolder(place);
    try (var folder = files.openFolder(place)) {
      for (Path each : folder) {
        Path name = each.getFileName();
        var view = folder.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS);
        found.put(name.toString(), FileStatus.Kind.of(view.readAttributes()));
      }
    } finally {
      closeEntry(place);
    }
    return found;
  }

  private static void requireFolder(Place place) throws IOException {
    if (place instanceof Entry entry) {
      Optional<BasicFileAttributes> attributes = entry.attributes();
      if (attributes.isEmpty() || !attributes.get().isDirectory()) {
        entry.close();
        throw GuestFileSystem.failure(attributes.isEmpty() ? "ENOENT" : "ENOTDIR");
      }
    }
  }

  private static void closeEntry(Place place) {
    if (place instanceof Entry entry) {
      entry.close();
    }
  }

  public void access(String path, int mode) throws IOException {
    if (!status(path, Links.FOLLOW).allows(mode)) {
      throw GuestFileSystem.failure("EACCES");
    }
  }

  public String realPath(String path) throws IOException {
    Place place = files.find(path, Links.FOLLOW);
    return switch (place) {
      case Virtual _ -> Path.of(path).normalize().toString();
      case Root(Mount mount) -> mount.guest().toString();
      case Entry entry -> {
        try (entry) {
          if (entry.attributes().isEmpty()) {
            throw GuestFileSystem.failure("ENOENT");
          }
          yield entry.guest().toString();
        }
      }
    };
  }

  public String readLink(String path) throws IOException {
    try (Entry entry = entry(path, "EINVAL")) {
      Optional<BasicFileAttributes> attributes = entry.attributes();
      if (attributes.isEmpty()) {
        throw GuestFileSystem.failure("ENOENT");
      }
      if (!attributes.get().isSymbolicLink()) {
        throw GuestFileSystem.failure("EINVAL");
      }
      return Files.readSymbolicLink(entry.host()).toString();
    }
  }

  /**
   * The JDK can't make a folder relative to an open one: between the look-up and this call another
   * process could put a link in the way. The most it wins is an empty folder elsewhere.
   */
  public void makeFolder(String path, int mode) throws IOException {
    try (Entry entry = entry(path, "EEXIST")) {
      Files.createDirectory(
          entry.host(), PosixFilePermissions.asFileAttribute(FileStatus.permissions(mode)));
    }
  }

  public void removeFolder(String path) throws IOException {
    try (Entry entry = entry(path, "EBUSY")) {
      entry.folder().deleteDirectory(entry.name());
    }
  }

  public void removeFile(String path) throws IOException {
    try (Entry entry = entry(path, "EISDIR")) {
      entry.folder().deleteFile(entry.name());
    }
  }

  public void rename(String from, String to) throws IOException {
    try (Entry source = entry(from, "EBUSY");
        Entry target = entry(to, "EBUSY")) {
      source.folder().move(source.name(), target.folder(), target.name());
    }
  }

  public void truncate(String path, long length) throws IOException {
    try (SeekableByteChannel channel = open(path, "r+")) {
      setLength(channel, length);
    }
  }

  /** Cuts, or fills up with zeros. */
  public static void setLength(SeekableByteChannel channel, long length) throws IOException {
    try {
      resize(channel, length);
    } catch (NonWritableChannelException e) {
      throw GuestFileSystem.failure("EINVAL");
    }
  }

  private static void resize(SeekableByteChannel channel, long length) throws IOException {
    synchronized (channel) {
      if (length < channel.size()) {
        channel.truncate(length);
      } else if (length > channel.size()) {
        long position = channel.position();
        channel.position(length - 1).write(ByteBuffer.wrap(new byte[1]));
        channel.position(position);
      }
    }
  }

  private Entry entry(String path, String otherwise) throws IOException {
    return switch (files.find(path, Links.KEEP)) {
      case Entry entry -> entry;
      case Root _ -> throw GuestFileSystem.failure(otherwise);
      case Virtual _ -> throw GuestFileSystem.failure("EACCES");
    };
  }
}
