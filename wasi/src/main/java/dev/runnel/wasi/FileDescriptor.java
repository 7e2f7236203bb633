package dev.runnel.wasi;

import dev.runnel.runtime.file.RelativeCalls;
import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;

/** An open regular file. */
final class FileDescriptor extends Descriptor {
  private static final int APPEND = 1;

  /** What can be changed after a file was opened; the JDK can't change the others. */
  private static final int CHANGEABLE = APPEND;

  private final FileChannel channel;
  private final Origin origin;
  private final Inodes inodes;
  private FileStatus known;
  private int flags;

  /** Where a file was opened: a folder of its own, which stays open no longer than a call. */
  record Origin(RelativeCalls.Folder way, String name) {}

  FileDescriptor(
      FileChannel channel,
      Origin origin,
      FileStatus known,
      Inodes inodes,
      Rights rights,
      int flags) {
    super(FileType.REGULAR_FILE, rights);
    this.channel = channel;
    this.origin = origin;
    this.known = known;
    this.inodes = inodes;
    this.flags = flags;
  }

  @Override
  public int flags() {
    return flags;
  }

  void setFlags(int changed) throws Refusal {
    if (((changed ^ flags) & ~CHANGEABLE) != 0) {
      throw Errno.NOTSUP.refusal();
    }
    flags = changed;
  }

  @Override
  public FileDescriptor file() {
    return this;
  }

  /**
   * The JDK asks a file's attributes by its name only: when another file has the name now, or none,
   * the times are those that were seen last.
   */
  @Override
  public FileStatus status() throws IOException {
    try (Folder folder = Folder.at(origin.way())) {
      Optional<BasicFileAttributes> found = folder.attributes(origin.name());
      if (found.isPresent() && inodes.of(found.get()) == known.inode()) {
        known = FileStatus.of(found.get(), inodes);
      }
    } catch (IOException moved) {
      // Its folder has gone or was moved; the file itself is still open.
    }
    return known.withSize(channel.size());
  }

  void setTimes(OptionalLong accessed, OptionalLong modified) throws Refusal, IOException {
    try (Folder folder = Folder.at(origin.way())) {
      Optional<BasicFileAttributes> found = folder.attributes(origin.name());
      if (found.isEmpty() || inodes.of(found.get()) != known.inode()) {
        throw Errno.NOENT.refusal();
      }
      RelativeCalls.setTimes(origin.way(), origin.name(), accessed, modified);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return Math.max(0, channel.read(into));
  }

  int read(ByteBuffer into, long position) throws IOException {
    return Math.max(0, channel.read(into, position));
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if ((flags & APPEND) != 0) {
      channel.position(channel.size());
    }
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Linux appends whatever the position is; preview 1's tests expect the position to count. */
  void write(ByteBuffer bytes, long position) throws IOException {
    long next = position;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }

  long position() throws IOException {
    return channel.position();
  }

  long seek(long offset, int whence) throws Refusal, IOException {
    long from =
        switch (whence) {
          case 0 -> 0;
          case 1 -> channel.position();
          case 2 -> channel.size();
          default -> throw Errno.INVAL.refusal();
        };
    long position = from + offset;
    if (position < 0) {
      throw Errno.INVAL.refusal();
    }
    channel.position(position);
    return position;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Cuts, or fills up with zeros. */
  void setSize(long size) throws Refusal, IOException {
    if (size < 0) {
      throw Errno.INVAL.refusal();
    }
    if (size < channel.size()) {
      long position = channel.position();
      channel.truncate(size);
      channel.position(position);
    } else if (size > channel.size()) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
  }

  void sync(boolean metadata) throws IOException {
    channel.force(metadata);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
