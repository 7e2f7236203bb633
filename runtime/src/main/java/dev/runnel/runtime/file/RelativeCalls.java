package dev.runnel.runtime.file;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The system's calls that take an open folder and a name, of those that {@link
 * java.nio.file.SecureDirectoryStream} lacks: see {@code openat(2)} and those like it. Every step
 * from a root to a folder follows no link, so a link that somebody swaps in at the wrong moment is
 * an error and never a way out.
 *
 * <p>Linux only; elsewhere every call fails with {@code ENOTSUP}. Safe from any thread.
 */
public final class RelativeCalls {
  private static final long OMIT = (1L << 30) - 2;
  private static final int NANOS = 1_000_000_000;

  private static final boolean SUPPORTED =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

  private RelativeCalls() {}

  /**
   * A folder by its way from a granted one.
   *
   * @param root a real path; its own links are nobody's to swap
   * @param names of folders, each in the one before it, none of them a link or {@code ..}
   */
  public record Folder(Path root, List<String> names) {
    public Folder {
      names = List.copyOf(names);
    }
  }

  /** Makes an empty folder; {@code mode} has its permission bits, before the process's umask. */
  public static void makeFolder(Folder in, String name, int mode) throws SystemCallException {
    run(in, (calls, folder, memory) -> calls.makeFolder(folder, text(memory, name), mode));
  }

  /** Makes a link that contains {@code target}, whatever that is. */
  public static void makeLink(String target, Folder in, String name) throws SystemCallException {
    run(
        in,
        (calls, folder, memory) ->
            calls.makeLink(text(memory, target), folder, text(memory, name)));
  }

  /** Gives a file one more name. A link is not followed: it gets the name itself. */
  public static void makeHardLink(Folder from, String name, Folder to, String newName)
      throws SystemCallException {
    run(
        from,
        (calls, source, memory) -> {
          int target = calls.open(to.root(), to.names());
          try {
            calls.hardLink(source, text(memory, name), target, text(memory, newName));
          } finally {
            calls.close(target);
          }
        });
  }

  /** What a link contains. */
  public static String readLink(Folder in, String name) throws SystemCallException {
    String[] target = {""};
    run(in, (calls, folder, memory) -> target[0] = calls.readLink(folder, text(memory, name)));
    return target[0];
  }

  /** Sets a file's times, in nanoseconds since 1970; those of a link, where the name is one. */
  public static void setTimes(Folder in, String name, OptionalLong accessed, OptionalLong modified)
      throws SystemCallException {
    run(
        in,
        (calls, folder, memory) -> {
          MemorySegment times = memory.allocate(JAVA_LONG, 4);
          putTime(times, 0, accessed);
          putTime(times, 2, modified);
          calls.setTimes(folder, text(memory, name), times);
        });
  }

  /** What needs a path and gets one that leads to an open folder. */
  @FunctionalInterface
  public interface PathWork<T> {
    T at(Path folder) throws IOException;
  }

  /**
   * Runs work on a folder that is opened for it. The path leads to that folder alone, whoever takes
   * its names meanwhile, and to nothing afterwards.
   */
  public static <T> T atFolder(Folder in, PathWork<T> work)
      throws SystemCallException, IOException {
    requireLinux();
    try (Arena memory = Arena.ofConfined()) {
      LinuxCalls calls = new LinuxCalls(memory);
      int folder = calls.open(in.root(), in.names());
      try {
        return work.at(Path.of("/proc/self/fd", Integer.toString(folder)));
      } finally {
        calls.close(folder);
      }
    }
  }

  private static void requireLinux() throws SystemCallException {
    if (!SUPPORTED) {
      throw new SystemCallException("ENOTSUP");
    }
  }

  private static void putTime(MemorySegment times, int index, OptionalLong nanos) {
    if (nanos.isEmpty()) {
      times.setAtIndex(JAVA_LONG, index + 1L, OMIT);
    } else {
      times.setAtIndex(JAVA_LONG, index, Math.floorDiv(nanos.getAsLong(), NANOS));
      times.setAtIndex(JAVA_LONG, index + 1L, Math.floorMod(nanos.getAsLong(), NANOS));
    }
  }

  private interface Work {
    void in(LinuxCalls calls, int folder, Arena memory) throws SystemCallException;
  }

  private static void run(Folder in, Work work) throws SystemCallException {
    requireLinux();
    try (Arena memory = Arena.ofConfined()) {
      LinuxCalls calls = new LinuxCalls(memory);
      int folder = calls.open(in.root(), in.names());
      try {
        work.in(calls, folder, memory);
      } finally {
        calls.close(folder);
      }
    }
  }

  private static MemorySegment text(Arena memory, String text) throws SystemCallException {
    if (text.indexOf('\0') >= 0) {
      throw new SystemCallException("EINVAL");
    }
    return memory.allocateFrom(text, StandardCharsets.UTF_8);
  }
}
