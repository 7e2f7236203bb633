package dev.runnel.v8;

import com.caoccao.javet.interop.V8Runtime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The native isolate behind a runtime, for the two settings of V8's that Javet doesn't offer. All
 * offsets are those of the one library that {@link V8Library} accepts; whoever uses one checks what
 * it finds there.
 */
final class NativeIsolate {
  private static final long ISOLATE_IN_RUNTIME = 16;

  private final long address;

  private NativeIsolate(long address) {
    this.address = address;
  }

  static NativeIsolate of(V8Runtime runtime) {
    return new NativeIsolate(pointer(runtime.getHandle() + ISOLATE_IN_RUNTIME));
  }

  /** The bytes at an offset inside of it. */
  MemorySegment at(long offset, long bytes) {
    return MemorySegment.ofAddress(address + offset).reinterpret(bytes);
  }

  /** The bytes that the pointer at an offset points to. */
  MemorySegment behind(long offset, long bytes) {
    return MemorySegment.ofAddress(pointer(address + offset)).reinterpret(bytes);
  }

  private static long pointer(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Long.BYTES).get(ValueLayout.JAVA_LONG, 0);
  }
}
