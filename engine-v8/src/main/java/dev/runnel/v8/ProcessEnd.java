package dev.runnel.v8;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * The end of the process while guests run. The JVM ends by exit(3), which calls the destructors of
 * native libraries, V8's among them; a guest that still runs then uses what they have taken down,
 * and its crash replaces the exit status. So exit(3) is told to stop before it comes to them.
 */
final class ProcessEnd {
  private static final Linker LINKER = Linker.nativeLinker();

  private ProcessEnd() {}

  /**
   * Registers _exit(2) with on_exit(3), which passes it the status. Functions are called last one
   * first: what was registered before is left out, and the JVM has done its own part by then.
   */
  static void skipDestructors() {
    SymbolLookup library = LINKER.defaultLookup();
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
    try {
      int error =
          (int)
              LINKER
                  .downcallHandle(library.findOrThrow("on_exit"), type)
                  .invokeExact(library.findOrThrow("_exit"), MemorySegment.NULL);
      if (error != 0) {
        throw new IllegalStateException("The C library takes no more functions for its exit.");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The end of the process could not be prepared.", e);
    }
  }
}
