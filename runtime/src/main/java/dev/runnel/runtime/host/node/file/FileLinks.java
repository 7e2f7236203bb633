package dev.runnel.runtime.host.node.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.runnel.runtime.file.RelativeCalls;
import dev.runnel.runtime.file.RelativeCalls.Folder;
import dev.runnel.runtime.file.SystemCallException;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Entry;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Links;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Root;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Virtual;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Links, and what belongs to a name and not to what is in the file: permissions and times. All of
 * them go through open folders, as {@link GuestFileSystem} tells.
 */
public final class FileLinks {
  private static final int NANOS_PER_MILLISECOND = 1_000_000;

  private final GuestFileSystem files;

  public FileLinks(GuestFileSystem files) {
    this.files = files;
  }

  /**
   * Makes a link. It may lead only to where the program may go itself, so that nobody else who
   * follows it is sent to a place of the program's choice.
   *
   * @param target an absolute path of the guest, or one relative to the link's folder
   */
  public void makeSymbolicLink(String target, String path) throws IOException {
    try (Entry entry = entry(path, Links.KEEP)) {
      if (entry.attributes().isPresent()) {
        throw GuestFileSystem.failure("EEXIST");
      }
      String content = files.linkContent(target, entry);
      relative(() -> RelativeCalls.makeLink(content, way(entry), name(entry)));
    }
  }

  /** Gives a file one more name; a link gets it itself. */
  public void makeHardLink(String from, String to) throws IOException {
    try (Entry source = entry(from, Links.KEEP);
        Entry target = entry(to, Links.KEEP)) {
      relative(
          () -> RelativeCalls.makeHardLink(way(source), name(source), way(target), name(target)));
    }
  }

  /** Times in milliseconds since 1970; with {@link Links#KEEP} those of a link itself. */
  public void setTimes(String path, double accessed, double modified, Links links)
      throws IOException {
    try (Entry entry = entry(path, links)) {
      if (entry.attributes().isEmpty()) {
        throw GuestFileSystem.failure("ENOENT");
      }
      relative(
          () -> RelativeCalls.setTimes(way(entry), name(entry), nanos(accessed), nanos(modified)));
    }
  }

  private static OptionalLong nanos(double milliseconds) {
    return OptionalLong.of(Math.round(milliseconds * NANOS_PER_MILLISECOND));
  }

  /** Sets the nine permission bits. */
  public void setMode(String path, int mode) throws IOException {
    try (Entry entry = entry(path, Links.FOLLOW)) {
      entry
          .folder()
          .getFileAttributeView(entry.name(), PosixFileAttributeView.class, NOFOLLOW_LINKS)
          .setPermissions(FileStatus.permissions(mode));
    }
  }

  private Entry entry(String path, Links links) throws IOException {
    return switch (files.find(path, links)) {
      case Entry entry -> entry;
      case Root _ -> throw GuestFileSystem.failure("EPERM");
      case Virtual _ -> throw GuestFileSystem.failure("EACCES");
    };
  }

  /** A host path without links, so that no step of it may be one. */
  private static Folder way(Entry entry) {
    Path host = entry.host();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < host.getNameCount() - 1; i++) {
      names.add(host.getName(i).toString());
    }
    return new Folder(Path.of("/"), names);
  }

  private static String name(Entry entry) {
    return entry.name().toString();
  }

  private interface Call {
    void run() throws SystemCallException;
  }

  private static void relative(Call call) {
    try {
      call.run();
    } catch (SystemCallException e) {
      throw GuestFileSystem.failure(e.code());
    }
  }
}
