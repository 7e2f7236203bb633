package dev.runnel.image.jvm;

import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A JRE of few modules, without what only debuggers read. */
final class SmallJre {
  private static final int ELF_MAGIC = 0x7f454c46;
  private static final int SEGMENT_OFFSET = 8;
  private static final int SEGMENT_SIZE = 32;

  private SmallJre() {}

  /** By a process of its own: what jlink makes depends on what its JVM has done before. */
  static void make(Path jdk, Path target, List<String> modules)
      throws IOException, ImageException, InterruptedException {
    Process process =
        new ProcessBuilder(
                jdk.resolve("bin").resolve("jlink").toString(),
                "--add-modules",
                String.join(",", modules),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                // A layer is packed as a whole, which makes it smaller.
                "--compress=zip-0",
                "--output",
                target.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new ImageException("jlink made no JRE: %s", said.strip());
    }
    Files.deleteIfExists(target.resolve("lib").resolve("jrt-fs.jar"));
    for (Path file : programs(target)) {
      trim(file);
    }
  }

  /** What the system's loader reads: programs and libraries. */
  static List<Path> programs(Path jre) throws IOException {
    try (Stream<Path> all = Files.walk(jre)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> isProgram(jre, file))
          .sorted()
          .toList();
    }
  }

  private static boolean isProgram(Path jre, Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".so")
        || file.startsWith(jre.resolve("bin"))
        || name.equals("jspawnhelper");
  }

  /** Cuts off what stands behind the last segment: names of symbols, and the table of sections. */
  private static void trim(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer head = read(channel, 0, 64);
      if (head.order(ByteOrder.BIG_ENDIAN).getInt(0) != ELF_MAGIC || head.get(4) != 2) {
        return;
      }
      head.order(head.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      channel.truncate(endOfSegments(channel, head));
      head.putLong(40, 0).putShort(58, (short) 0).putShort(60, (short) 0).putShort(62, (short) 0);
      channel.write(head.rewind(), 0);
    }
  }

  private static long endOfSegments(FileChannel channel, ByteBuffer head) throws IOException {
    int size = head.getShort(54);
    int count = head.getShort(56);
    ByteBuffer segments = read(channel, head.getLong(32), size * count).order(head.order());
    long end = 0;
    for (int at = 0; at < size * count; at += size) {
      end =
          Math.max(
              end, segments.getLong(at + SEGMENT_OFFSET) + segments.getLong(at + SEGMENT_SIZE));
    }
    return end;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
    return bytes;
  }
}
