package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import dev.runnel.wasi.FolderDescriptor.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** What is done with open descriptors: the functions {@code fd_…} and {@code sock_…}. */
final class FileCalls {
  private static final int ENTRY_SIZE = 24;
  private static final long MOST_ADVICE = 5;

  private final Descriptors open;

  FileCalls(Descriptors open) {
    this.open = open;
  }

  void addTo(Preview1 functions) {
    functions.add("fd_read", "iiii", this::read);
    functions.add("fd_pread", "iiili", this::readAt);
    functions.add("fd_write", "iiii", this::write);
    functions.add("fd_pwrite", "iiili", this::writeAt);
    functions.add("fd_seek", "ilii", this::seek);
    functions.add("fd_tell", "ii", this::tell);
    functions.add("fd_close", "i", (_, a) -> open.close((int) a[0]));
    functions.add("fd_renumber", "ii", (_, a) -> open.renumber((int) a[0], (int) a[1]));
    functions.add("fd_sync", "i", (_, a) -> sync(a, Rights.FD_SYNC, true));
    functions.add("fd_datasync", "i", (_, a) -> sync(a, Rights.FD_DATASYNC, false));
    functions.add("fd_advise", "illi", this::advise);
    functions.add("fd_allocate", "ill", this::allocate);
    functions.add("fd_fdstat_get", "ii", this::describe);
    functions.add("fd_fdstat_set_flags", "ii", this::setFlags);
    functions.add("fd_fdstat_set_rights", "ill", this::setRights);
    functions.add("fd_filestat_get", "ii", this::status);
    functions.add("fd_filestat_set_size", "il", this::setSize);
    functions.add("fd_filestat_set_times", "illi", this::setTimes);
    functions.add("fd_prestat_get", "ii", this::grant);
    functions.add("fd_prestat_dir_name", "iii", this::grantName);
    functions.add("fd_readdir", "iiili", this::list);
    functions.add("sock_accept", "iii", this::notASocket);
    functions.add("sock_recv", "iiiiii", this::notASocket);
    functions.add("sock_send", "iiiii", this::notASocket);
    functions.add("sock_shutdown", "ii", this::notASocket);
  }

  /** As {@code read(2)}: what there is, of which the first piece may be all. */
  private void read(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    Descriptor source = open.get((int) arguments[0], Rights.FD_READ);
    int total = 0;
    for (ByteBuffer buffer : memory.buffers((int) arguments[1], (int) arguments[2])) {
      int wanted = buffer.remaining();
      int count = wanted == 0 ? 0 : source.read(buffer);
      total += count;
      if (count < wanted) {
        break;
      }
    }
    memory.writeInt((int) arguments[3], total);
  }

  private void readAt(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FileDescriptor file = file(arguments, Rights.FD_READ | Rights.FD_SEEK);
    long position = position(arguments[3]);
    int total = 0;
    for (ByteBuffer buffer : memory.buffers((int) arguments[1], (int) arguments[2])) {
      int wanted = buffer.remaining();
      int count = wanted == 0 ? 0 : file.read(buffer, position + total);
      total += count;
      if (count < wanted) {
        break;
      }
    }
    memory.writeInt((int) arguments[4], total);
  }

  private void write(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    Descriptor target = open.get((int) arguments[0], Rights.FD_WRITE);
    int total = 0;
    for (ByteBuffer buffer : memory.buffers((int) arguments[1], (int) arguments[2])) {
      total = Math.addExact(total, buffer.remaining());
      if (buffer.hasRemaining()) {
        target.write(buffer);
      }
    }
    memory.writeInt((int) arguments[3], total);
  }

  private void writeAt(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FileDescriptor file = file(arguments, Rights.FD_WRITE | Rights.FD_SEEK);
    long position = position(arguments[3]);
    int total = 0;
    for (ByteBuffer buffer : memory.buffers((int) arguments[1], (int) arguments[2])) {
      int count = buffer.remaining();
      file.write(buffer, position + total);
      total = Math.addExact(total, count);
    }
    memory.writeInt((int) arguments[4], total);
  }

  private FileDescriptor file(long[] arguments, long rights) throws Refusal {
    return open.get((int) arguments[0], rights).file();
  }

  private static long position(long given) throws Refusal {
    if (given < 0) {
      throw Errno.INVAL.refusal();
    }
    return given;
  }

  private void seek(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    Descriptor found = open.get((int) arguments[0]);
    FileDescriptor file = found.file();
    boolean onlyAsks = arguments[1] == 0 && arguments[2] == 1;
    found.require(onlyAsks ? Rights.FD_TELL : Rights.FD_SEEK);
    memory.writeLong((int) arguments[3], file.seek(arguments[1], (int) arguments[2]));
  }

  private void tell(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    memory.writeLong((int) arguments[1], file(arguments, Rights.FD_TELL).position());
  }

  private void sync(long[] arguments, long right, boolean metadata) throws Refusal, IOException {
    Descriptor found = open.get((int) arguments[0], right);
    if (found.type() == FileType.REGULAR_FILE) {
      found.file().sync(metadata);
    }
  }

  private void advise(GuestBytes memory, long[] arguments) throws Refusal {
    Descriptor found = open.get((int) arguments[0], Rights.FD_ADVISE);
    if (arguments[1] < 0 || arguments[2] < 0 || arguments[3] < 0 || arguments[3] > MOST_ADVICE) {
      throw Errno.INVAL.refusal();
    }
    // Advice may be ignored; only files can get any.
    found.file();
  }

  private void allocate(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FileDescriptor file = file(arguments, Rights.FD_ALLOCATE);
    long end = arguments[1] + arguments[2];
    if (arguments[1] < 0 || arguments[2] <= 0 || end < 0) {
      throw Errno.INVAL.refusal();
    }
    if (end > file.size()) {
      file.setSize(end);
    }
  }

  private void describe(GuestBytes memory, long[] arguments) throws Refusal {
    Descriptor found = open.get((int) arguments[0]);
    int at = (int) arguments[1];
    memory.writeLong(at, 0);
    memory.writeByte(at, found.type().ordinal());
    memory.writeShort(at + 2, found.flags());
    memory.writeLong(at + 8, found.rights().base());
    memory.writeLong(at + 16, found.rights().inheriting());
  }

  private void setFlags(GuestBytes memory, long[] arguments) throws Refusal {
    file(arguments, Rights.FD_FDSTAT_SET_FLAGS).setFlags((int) arguments[1]);
  }

  private void setRights(GuestBytes memory, long[] arguments) throws Refusal {
    Descriptor found = open.get((int) arguments[0]);
    Rights wanted = new Rights(arguments[1], arguments[2]);
    if (!found.rights().include(wanted)) {
      throw Errno.NOTCAPABLE.refusal();
    }
    found.drop(wanted);
  }

  private void status(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    Descriptor found = open.get((int) arguments[0], Rights.FD_FILESTAT_GET);
    write(memory, (int) arguments[1], found.status());
  }

  /** One file system is all that a program sees. */
  static void write(GuestBytes memory, int at, FileStatus status) {
    memory.writeLong(at, 1);
    memory.writeLong(at + 8, status.inode());
    memory.writeLong(at + 16, status.type().ordinal());
    memory.writeLong(at + 24, 1);
    memory.writeLong(at + 32, status.size());
    memory.writeLong(at + 40, status.accessed());
    memory.writeLong(at + 48, status.modified());
    memory.writeLong(at + 56, status.modified());
  }

  private void setSize(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    file(arguments, Rights.FD_FILESTAT_SET_SIZE).setSize(arguments[1]);
  }

  private void setTimes(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FileTimes times = FileTimes.of(arguments[1], arguments[2], (int) arguments[3]);
    FileDescriptor file = file(arguments, Rights.FD_FILESTAT_SET_TIMES);
    file.setTimes(times.accessed(), times.modified());
  }

  /** What {@code filestat_set_times} is to set, in nanoseconds since 1970. */
  record FileTimes(OptionalLong accessed, OptionalLong modified) {
    private static final int KINDS = 15;

    static FileTimes of(long accessed, long modified, int flags) throws Refusal {
      boolean isClear = (flags & ~KINDS) == 0 && (flags & 3) != 3 && (flags & 12) != 12;
      if (!isClear) {
        throw Errno.INVAL.refusal();
      }
      return new FileTimes(time(accessed, flags & 3), time(modified, flags >> 2));
    }

    private static OptionalLong time(long given, int flags) {
      return switch (flags) {
        case 0 -> OptionalLong.empty();
        case 1 -> OptionalLong.of(given);
        default -> OptionalLong.of(ProcessCalls.realtime());
      };
    }
  }

  private void grant(GuestBytes memory, long[] arguments) throws Refusal {
    byte[] name = granted(arguments);
    memory.writeInt((int) arguments[1], 0);
    memory.writeInt((int) arguments[1] + 4, name.length);
  }

  private void grantName(GuestBytes memory, long[] arguments) throws Refusal {
    byte[] name = granted(arguments);
    if (Integer.toUnsignedLong((int) arguments[2]) < name.length) {
      throw Errno.NAMETOOLONG.refusal();
    }
    memory.write((int) arguments[1], name);
  }

  private byte[] granted(long[] arguments) throws Refusal {
    if (open.get((int) arguments[0]) instanceof FolderDescriptor folder
        && folder.grantedAs().isPresent()) {
      return folder.grantedAs().get().getBytes(StandardCharsets.UTF_8);
    }
    throw Errno.BADF.refusal();
  }

  /** Fills the buffer; an entry that no longer fits is cut, and so tells that there are more. */
  private void list(GuestBytes memory, long[] arguments) throws Refusal, IOException {
    FolderDescriptor folder = open.get((int) arguments[0], Rights.FD_READDIR).folder();
    ByteBuffer buffer = memory.window((int) arguments[1], (int) arguments[2]);
    long next = arguments[3];
    int start = buffer.position();
    List<Entry> entries = folder.entries(next);
    for (int i = 0; i < entries.size() && buffer.hasRemaining(); i++) {
      byte[] bytes = entry(entries.get(i), ++next);
      buffer.put(bytes, 0, Math.min(bytes.length, buffer.remaining()));
    }
    memory.writeInt((int) arguments[4], buffer.position() - start);
  }

  private static byte[] entry(Entry entry, long next) {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(ENTRY_SIZE + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(entry.inode())
        .putInt(name.length)
        .putInt(entry.type().ordinal())
        .put(name)
        .array();
  }

  private void notASocket(GuestBytes memory, long[] arguments) throws Refusal {
    open.get((int) arguments[0]);
    throw Errno.NOTSOCK.refusal();
  }
}
