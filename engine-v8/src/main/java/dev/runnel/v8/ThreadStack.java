package dev.runnel.v8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Where the current thread's stack lies, as the C library tells (pthread_getattr_np(3)).
 *
 * @param lowest the end that it grows towards
 */
record ThreadStack(long lowest, long bytes) {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final long ATTRIBUTES_BYTES = 64;

  private static final MethodHandle SELF =
      function("pthread_self", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
  private static final MethodHandle GET_ATTRIBUTES =
      function(
          "pthread_getattr_np",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
  private static final MethodHandle GET_STACK =
      function(
          "pthread_attr_getstack",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private static final MethodHandle DESTROY =
      function(
          "pthread_attr_destroy", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  static ThreadStack current() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      MemorySegment found = arena.allocate(2 * Long.BYTES, Long.BYTES);
      check((int) GET_ATTRIBUTES.invokeExact((long) SELF.invokeExact(), attributes));
      check(
          (int)
              GET_STACK.invokeExact(
                  attributes, found.asSlice(0, Long.BYTES), found.asSlice(Long.BYTES)));
      check((int) DESTROY.invokeExact(attributes));
      return new ThreadStack(
          found.get(ValueLayout.JAVA_LONG, 0), found.get(ValueLayout.JAVA_LONG, Long.BYTES));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The thread's stack could not be found.", e);
    }
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("The thread's stack could not be found: error " + error);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }
}
