package dev.runnel.runtime.host.node.file;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The files that one guest has open, by descriptor. Numbers start where the standard streams end
 * and are not used twice.
 *
 * <p>Safe for use by many threads: two reads of one file at once take turns.
 */
public final class OpenFiles {
  private static final int FIRST = 3;
  private static final int MAX_OPEN = 1_024;

  /**
   * @param path where the guest opened it, for its attributes
   * @param appends writes go to the end, whatever position they name
   */
  public record OpenFile(SeekableByteChannel channel, String path, boolean appends) {}

  private final Map<Integer, OpenFile> files = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger(FIRST);

  public int add(OpenFile file) throws IOException {
    if (files.size() >= MAX_OPEN) {
      file.channel().close();
      throw GuestFileSystem.failure("EMFILE");
    }
    int descriptor = next.getAndIncrement();
    files.put(descriptor, file);
    return descriptor;
  }

  public OpenFile get(int descriptor) {
    return Optional.ofNullable(files.get(descriptor)).orElseThrow(OpenFiles::badDescriptor);
  }

  public void close(int descriptor) throws IOException {
    OpenFile file = files.remove(descriptor);
    if (file == null) {
      throw badDescriptor();
    }
    file.channel().close();
  }

  /** Up to that many bytes; none at the end of the file. A negative position reads on. */
  public static byte[] read(OpenFile file, int length, long position) throws IOException {
    SeekableByteChannel channel = file.channel();
    try {
      return readFrom(channel, length, position);
    } catch (NonReadableChannelException e) {
      throw badDescriptor();
    }
  }

  private static byte[] readFrom(SeekableByteChannel channel, int length, long position)
      throws IOException {
    synchronized (channel) {
      long before = channel.position();
      long start = position < 0 ? before : position;
      int count = (int) Math.max(0, Math.min(length, channel.size() - start));
      ByteBuffer bytes = ByteBuffer.allocate(count);
      channel.position(start);
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // Reads until the buffer is full or the file has become shorter.
      }
      if (position >= 0) {
        channel.position(before);
      }
      return bytes.position() == count
          ? bytes.array()
          : Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /** Writes all of it. A negative position writes on. */
  public static int write(OpenFile file, byte[] bytes, long position) throws IOException {
    try {
      return writeTo(file, bytes, position);
    } catch (NonWritableChannelException e) {
      throw badDescriptor();
    }
  }

  private static int writeTo(OpenFile file, byte[] bytes, long position) throws IOException {
    SeekableByteChannel channel = file.channel();
    synchronized (channel) {
      long before = channel.position();
      if (file.appends()) {
        channel.position(channel.size());
      } else if (position >= 0) {
        channel.position(position);
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (position >= 0 && !file.appends()) {
        channel.position(before);
      }
      return bytes.length;
    }
  }

  private static HostError badDescriptor() {
    return GuestFileSystem.failure("EBADF");
  }
}
