package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a number of a program's stands for. For the program's thread. */
abstract sealed class Descriptor
    permits InputDescriptor, OutputDescriptor, FileDescriptor, FolderDescriptor {
  private final FileType type;
  private Rights rights;

  Descriptor(FileType type, Rights rights) {
    this.type = type;
    this.rights = rights;
  }

  final FileType type() {
    return type;
  }

  final Rights rights() {
    return rights;
  }

  /** Only ever fewer. */
  final void drop(Rights kept) {
    rights = kept;
  }

  abstract FileStatus status() throws IOException;

  abstract void close() throws IOException;

  /** The {@code fdflags} that it was opened with, or got later. */
  int flags() {
    return 0;
  }

  /** Reads on; 0 at the end. */
  int read(ByteBuffer into) throws Refusal, IOException {
    throw Errno.BADF.refusal();
  }

  /** Writes all of it. */
  void write(ByteBuffer bytes) throws Refusal, IOException {
    throw Errno.BADF.refusal();
  }

  /** This as a file: what has positions. */
  FileDescriptor file() throws Refusal {
    throw (type == FileType.DIRECTORY ? Errno.ISDIR : Errno.SPIPE).refusal();
  }

  /** This as a folder. */
  FolderDescriptor folder() throws Refusal {
    throw Errno.NOTDIR.refusal();
  }

  void require(long wanted) throws Refusal {
    if (!rights.allow(wanted)) {
      throw Errno.NOTCAPABLE.refusal();
    }
  }
}
