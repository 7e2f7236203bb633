package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import dev.runnel.wasi.Place.Links;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Opens files and folders: {@code path_open}. */
final class Opening {
  private static final int CREATE = 1;
  private static final int FOLDER = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;

  private static final int DATA_SYNC = 2;
  private static final int READ_SYNC = 8;
  private static final int SYNC = 16;

  private final Inodes inodes;

  Opening(Inodes inodes) {
    this.inodes = inodes;
  }

  /**
   * How a path is to be opened.
   *
   * @param follow 1 when the last name may be a link
   * @param flags preview 1's {@code oflags}
   * @param rights as the program asks for them
   * @param fileFlags its {@code fdflags}
   */
  record Wanted(int follow, int flags, Rights rights, int fileFlags) {
    boolean creates() {
      return (flags & CREATE) != 0;
    }

    boolean isFolder() {
      return (flags & FOLDER) != 0;
    }

    boolean isExclusive() {
      return creates() && (flags & EXCLUSIVE) != 0;
    }

    boolean truncates() {
      return (flags & TRUNCATE) != 0;
    }

    boolean writes() {
      return (rights.base() & Rights.FD_WRITE) != 0;
    }
  }

  Descriptor open(FolderDescriptor in, String path, Wanted wanted) throws Refusal, IOException {
    if (wanted.creates()) {
      in.require(Rights.PATH_CREATE_FILE);
    }
    if (wanted.truncates()) {
      in.require(Rights.PATH_FILESTAT_SET_SIZE);
    }
    if (wanted.isFolder() && (wanted.creates() || wanted.truncates())) {
      throw Errno.INVAL.refusal();
    }
    boolean follows = wanted.follow() != 0 && !wanted.isExclusive();
    try (Place place = in.find(path, follows ? Links.FOLLOW : Links.KEEP)) {
      Optional<BasicFileAttributes> found = place.attributes();
      if (found.isEmpty()) {
        return create(place, in, wanted);
      }
      if (wanted.isExclusive()) {
        throw Errno.EXIST.refusal();
      }
      return found.get().isDirectory()
          ? folder(place, in, wanted)
          : existing(place, found.get(), in, wanted);
    }
  }

  private Descriptor create(Place place, FolderDescriptor in, Wanted wanted)
      throws Refusal, IOException {
    if (!wanted.creates()) {
      throw Errno.NOENT.refusal();
    }
    if (place.isFolder()) {
      throw Errno.ISDIR.refusal();
    }
    return file(place, in, wanted);
  }

  private Descriptor folder(Place place, FolderDescriptor in, Wanted wanted)
      throws Refusal, IOException {
    if (wanted.creates() || wanted.truncates() || wanted.writes()) {
      throw Errno.ISDIR.refusal();
    }
    Folder opened = place.isItself() ? place.folder().again() : place.folder().open(place.name());
    Rights rights = in.rights().forFolder(wanted.rights());
    return new FolderDescriptor(opened, inodes, rights, Optional.empty());
  }

  /** Only regular files: a FIFO would block for ever, and a device isn't a file. */
  private Descriptor existing(
      Place place, BasicFileAttributes found, FolderDescriptor in, Wanted wanted)
      throws Refusal, IOException {
    if (found.isSymbolicLink()) {
      throw Errno.LOOP.refusal();
    }
    if (wanted.isFolder() || place.isFolder()) {
      throw Errno.NOTDIR.refusal();
    }
    if (!found.isRegularFile()) {
      throw Errno.ACCES.refusal();
    }
    return file(place, in, wanted);
  }

  private Descriptor file(Place place, FolderDescriptor in, Wanted wanted)
      throws Refusal, IOException {
    Rights rights = in.rights().forFile(wanted.rights());
    SeekableByteChannel opened =
        place.folder().handle().newByteChannel(place.path(), options(wanted, rights));
    if (!(opened instanceof FileChannel channel)) {
      opened.close();
      throw Errno.NOTSUP.refusal();
    }
    Optional<BasicFileAttributes> attributes = place.attributes();
    if (attributes.isEmpty()) {
      channel.close();
      throw Errno.NOENT.refusal();
    }
    return new FileDescriptor(
        channel,
        new FileDescriptor.Origin(place.folder().way(), place.name()),
        FileStatus.of(attributes.get(), inodes),
        inodes,
        rights,
        wanted.fileFlags());
  }

  private static Set<OpenOption> options(Wanted wanted, Rights rights) {
    Set<OpenOption> options = new HashSet<>(Set.of(LinkOption.NOFOLLOW_LINKS));
    boolean changes =
        (rights.base() & (Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE)) != 0;
    boolean writes = changes || wanted.creates() || wanted.truncates();
    if (writes) {
      options.add(StandardOpenOption.WRITE);
    }
    if (!writes || rights.allow(Rights.FD_READ)) {
      options.add(StandardOpenOption.READ);
    }
    if (wanted.isExclusive()) {
      options.add(StandardOpenOption.CREATE_NEW);
    } else if (wanted.creates()) {
      options.add(StandardOpenOption.CREATE);
    }
    if (wanted.truncates()) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    if ((wanted.fileFlags() & SYNC) != 0) {
      options.add(StandardOpenOption.SYNC);
    } else if ((wanted.fileFlags() & (DATA_SYNC | READ_SYNC)) != 0) {
      options.add(StandardOpenOption.DSYNC);
    }
    return options;
  }
}
