package dev.runnel.runtime.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The C library's functions that take an open folder. Each object is for one thread and one piece
 * of work; the functions are bound once, which takes some ten milliseconds.
 */
final class LinuxCalls {
  private static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");
  private static final int FOLDER_ONLY = IS_ARM ? 0x4000 : 0x10000;
  private static final int NO_LINKS = IS_ARM ? 0x8000 : 0x20000;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int PATH_ONLY = 0x200000;

  private static final int NOWHERE = -100;
  private static final int KEEP_LINKS = 0x100;
  private static final int LONGEST_LINK = 4_096;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENAT =
      bound("openat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      bound("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle MKDIRAT =
      bound("mkdirat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SYMLINKAT =
      bound("symlinkat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
  private static final MethodHandle LINKAT =
      bound(
          "linkat",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle READLINKAT =
      bound("readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle UTIMENSAT =
      bound("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

  private final Arena memory;
  private final MemorySegment state;

  /**
   * @param memory what is passed to the functions lies there
   */
  LinuxCalls(Arena memory) {
    this.memory = memory;
    this.state = memory.allocate(STATE);
  }

  private static MethodHandle bound(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        type,
        Linker.Option.captureCallState("errno"));
  }

  /** Opens a folder, step by step from its root; the caller closes it. */
  int open(Path root, List<String> names) throws SystemCallException {
    int folder = openFolder(NOWHERE, root.toString());
    for (String name : names) {
      int parent = folder;
      try {
        folder = openFolder(parent, name);
      } finally {
        close(parent);
      }
    }
    return folder;
  }

  private int openFolder(int parent, String name) throws SystemCallException {
    MemorySegment text = memory.allocateFrom(name, StandardCharsets.UTF_8);
    int flags = PATH_ONLY | FOLDER_ONLY | NO_LINKS | CLOSE_ON_EXEC;
    return checked(() -> (int) OPENAT.invokeExact(state, parent, text, flags));
  }

  void close(int folder) throws SystemCallException {
    checked(() -> (int) CLOSE.invokeExact(state, folder));
  }

  void makeFolder(int folder, MemorySegment name, int mode) throws SystemCallException {
    checked(() -> (int) MKDIRAT.invokeExact(state, folder, name, mode));
  }

  void makeLink(MemorySegment target, int folder, MemorySegment name) throws SystemCallException {
    checked(() -> (int) SYMLINKAT.invokeExact(state, target, folder, name));
  }

  void hardLink(int from, MemorySegment name, int to, MemorySegment newName)
      throws SystemCallException {
    checked(() -> (int) LINKAT.invokeExact(state, from, name, to, newName, 0));
  }

  String readLink(int folder, MemorySegment name) throws SystemCallException {
    MemorySegment target = memory.allocate(LONGEST_LINK);
    int length =
        checked(
            () ->
                Math.toIntExact(
                    (long) READLINKAT.invokeExact(state, folder, name, target, target.byteSize())));
    return new String(target.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Two pairs of seconds and nanoseconds, of access and of modification. */
  void setTimes(int folder, MemorySegment name, MemorySegment times) throws SystemCallException {
    checked(() -> (int) UTIMENSAT.invokeExact(state, folder, name, times, KEEP_LINKS));
  }

  private interface Call {
    int run() throws Throwable;
  }

  private int checked(Call call) throws SystemCallException {
    int result;
    try {
      result = call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A system call throws nothing.", e);
    }
    if (result < 0) {
      throw SystemCallException.numbered((int) ERRNO.get(state, 0L));
    }
    return result;
  }
}
