package dev.runnel.wasi;

import dev.runnel.runtime.file.RelativeCalls;
import dev.runnel.wasi.Errno.Refusal;
import dev.runnel.wasi.FileCalls.FileTimes;
import dev.runnel.wasi.Place.Links;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What is done with paths below open folders: the functions {@code path_…}. */
final class PathCalls {
  private static final int FOLLOW = 1;
  private static final int FOLDER_MODE = 0777;

  private final Descriptors open;
  private final Inodes inodes;
  private final Opening opening;

  PathCalls(Descriptors open, Inodes inodes) {
    this.open = open;
    this.inodes = inodes;
    this.opening = new Opening(inodes);
  }

  void addTo(Preview1 functions) {
    functions.add("path_open", "iiiiillii", this::open);
    functions.add("path_filestat_get", "iiiii", this::status);
    functions.add("path_filestat_set_times", "iiiilli", this::setTimes);
    functions.add("path_create_directory", "iii", this::makeFolder);
    functions.add("path_remove_directory", "iii", this::removeFolder);
    functions.add("path_unlink_file", "iii", this::removeFile);
    functions.add("path_rename", "iiiiii", this::rename);
    functions.add("path_link", "iiiiiii", this::link);
    functions.add("path_symlink", "iiiii", this::symlink);
    functions.add("path_readlink", "iiiiii", this::readLink);
  }

  private void open(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FolderDescriptor folder = folder(arguments[0], Rights.PATH_OPEN);
    String path = memory.path((int) arguments[2], (int) arguments[3]);
    var wanted =
        new Opening.Wanted(
            (int) arguments[1] & FOLLOW,
            (int) arguments[4],
            new Rights(arguments[5], arguments[6]),
            (int) arguments[7]);
    open.requireRoom();
    int number = open.add(opening.open(folder, path, wanted));
    memory.writeInt((int) arguments[8], number);
  }

  private FolderDescriptor folder(long descriptor, long right) throws Refusal {
    FolderDescriptor folder = open.get((int) descriptor).folder();
    folder.require(right);
    return folder;
  }

  private static Links links(long flags) {
    return (flags & FOLLOW) == 0 ? Links.KEEP : Links.FOLLOW;
  }

  private void status(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FolderDescriptor folder = folder(arguments[0], Rights.PATH_FILESTAT_GET);
    String path = memory.path((int) arguments[2], (int) arguments[3]);
    try (Place place = folder.find(path, links(arguments[1]))) {
      BasicFileAttributes attributes = existing(place);
      FileCalls.write(memory, (int) arguments[4], FileStatus.of(attributes, inodes));
    }
  }

  /** What a path names, which must be a folder if the path ends with a slash. */
  private static BasicFileAttributes existing(Place place) throws Refusal, IOException {
    Optional<BasicFileAttributes> attributes = place.attributes();
    if (attributes.isEmpty()) {
      throw Errno.NOENT.refusal();
    }
    if (place.isFolder() && !attributes.get().isDirectory()) {
      throw Errno.NOTDIR.refusal();
    }
    return attributes.get();
  }

  private void setTimes(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FolderDescriptor folder = folder(arguments[0], Rights.PATH_FILESTAT_SET_TIMES);
    String path = memory.path((int) arguments[2], (int) arguments[3]);
    FileTimes times = FileTimes.of(arguments[4], arguments[5], (int) arguments[6]);
    try (Place place = folder.find(path, links(arguments[1]))) {
      existing(place);
      RelativeCalls.setTimes(
          place.folder().way(), place.name(), times.accessed(), times.modified());
    }
  }

  private void makeFolder(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    try (Place place = named(memory, arguments, 0, Rights.PATH_CREATE_DIRECTORY)) {
      RelativeCalls.makeFolder(place.folder().way(), place.name(), FOLDER_MODE);
    }
  }

  /** A folder's descriptor, a path's address and its length, from an index on. */
  private Place named(GuestBytes memory, long[] arguments, int from, long right)
      throws Refusal, IOException {
    String path = memory.path((int) arguments[from + 1], (int) arguments[from + 2]);
    return folder(arguments[from], right).find(path, Links.KEEP);
  }

  private void removeFolder(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    try (Place place = named(memory, arguments, 0, Rights.PATH_REMOVE_DIRECTORY)) {
      requireNotItself(place);
      place.folder().handle().deleteDirectory(place.path());
    }
  }

  private static void requireNotItself(Place place) throws Refusal {
    if (place.isItself()) {
      throw Errno.INVAL.refusal();
    }
  }

  private void removeFile(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    try (Place place = named(memory, arguments, 0, Rights.PATH_UNLINK_FILE)) {
      BasicFileAttributes attributes = existing(place);
      if (attributes.isDirectory()) {
        throw Errno.ISDIR.refusal();
      }
      place.folder().handle().deleteFile(place.path());
    }
  }

  private void rename(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    try (Place from = named(memory, arguments, 0, Rights.PATH_RENAME_SOURCE);
        Place to = named(memory, arguments, 3, Rights.PATH_RENAME_TARGET)) {
      requireNotItself(from);
      requireNotItself(to);
      BasicFileAttributes source = existing(from);
      checkTarget(source, to);
      from.folder().handle().move(from.path(), to.folder().handle(), to.path());
    }
  }

  private static void checkTarget(BasicFileAttributes source, Place to)
      throws Refusal, IOException {
    Optional<BasicFileAttributes> target = to.attributes();
    if (!source.isDirectory() && target.map(BasicFileAttributes::isDirectory).orElse(false)) {
      throw Errno.ISDIR.refusal();
    }
    if (!source.isDirectory() && to.isFolder()) {
      throw Errno.NOTDIR.refusal();
    }
  }

  /** Of files only, and links are not followed: a name for what the path itself says. */
  private void link(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FolderDescriptor source = folder(arguments[0], Rights.PATH_LINK_SOURCE);
    if ((arguments[1] & FOLLOW) != 0) {
      throw Errno.INVAL.refusal();
    }
    String path = memory.path((int) arguments[2], (int) arguments[3]);
    try (Place from = source.find(path, Links.KEEP);
        Place to = named(memory, arguments, 4, Rights.PATH_LINK_TARGET)) {
      boolean isFolder = existing(from).isDirectory();
      requireFree(to);
      if (isFolder) {
        throw Errno.PERM.refusal();
      }
      RelativeCalls.makeHardLink(from.folder().way(), from.name(), to.folder().way(), to.name());
    }
  }

  /** For a name that is to become no folder. */
  private static void requireFree(Place place) throws Refusal, IOException {
    Optional<BasicFileAttributes> found = place.attributes();
    if (found.isPresent()) {
      boolean isMistaken = place.isFolder() && !found.get().isDirectory();
      throw (isMistaken ? Errno.NOTDIR : Errno.EXIST).refusal();
    }
    if (place.isFolder()) {
      throw Errno.NOENT.refusal();
    }
  }

  private void symlink(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    String target = memory.path((int) arguments[0], (int) arguments[1]);
    if (target.startsWith("/")) {
      throw Errno.PERM.refusal();
    }
    try (Place place = named(memory, arguments, 2, Rights.PATH_SYMLINK)) {
      requireFree(place);
      RelativeCalls.makeLink(target, place.folder().way(), place.name());
    }
  }

  /** What doesn't fit is cut, as {@code readlink(2)} does. */
  private void readLink(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    try (Place place = named(memory, arguments, 0, Rights.PATH_READLINK)) {
      if (!existing(place).isSymbolicLink()) {
        throw Errno.INVAL.refusal();
      }
      byte[] target =
          RelativeCalls.readLink(place.folder().way(), place.name())
              .getBytes(StandardCharsets.UTF_8);
      int most = (int) Math.min(target.length, Integer.toUnsignedLong((int) arguments[4]));
      memory.window((int) arguments[3], most).put(target, 0, most);
      memory.writeInt((int) arguments[5], most);
    }
  }
}
