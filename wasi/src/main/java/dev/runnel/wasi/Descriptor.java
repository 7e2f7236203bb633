package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a number of a program's stands for. For the program's thread. */
sealed interface Descriptor
    permits InputDescriptor, OutputDescriptor, FileDescriptor, FolderDescriptor {
  FileType type();

  Rights rights();

  /** Only ever fewer. */
  void drop(Rights kept);

  FileStatus status() throws IOException;

  void close() throws IOException;

  /** The {@code fdflags} that it was opened with, or got later. */
  default int flags() {
    return 0;
  }

  /** Reads on; 0 at the end. */
  default int read(ByteBuffer into) throws Refusal, IOException {
    throw Errno.BADF.refusal();
  }

  /** Writes all of it. */
  default void write(ByteBuffer bytes) throws Refusal, IOException {
    throw Errno.BADF.refusal();
  }

  /** This as a file: what has positions. */
  default FileDescriptor file() throws Refusal {
    throw (type() == FileType.DIRECTORY ? Errno.ISDIR : Errno.SPIPE).refusal();
  }

  /** This as a folder. */
  default FolderDescriptor folder() throws Refusal {
    throw Errno.NOTDIR.refusal();
  }

  default void require(long wanted) throws Refusal {
    if (!rights().allow(wanted)) {
      throw Errno.NOTCAPABLE.refusal();
    }
  }
}
