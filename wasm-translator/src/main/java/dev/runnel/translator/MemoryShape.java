package dev.runnel.translator;

import dev.runnel.wasm.FlatAccess;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestMemory;
import dev.runnel.wasm.WindowAccess;
import dev.runnel.wasm.WindowMemory;
import org.objectweb.asm.Type;

/** What a translated module has for a memory. */
public enum MemoryShape {
  /** An array of its own. */
  FLAT(FlatMemory.class, FlatAccess.class),
  /** The same, in a program that isn't trusted: calls are counted, and poll as loops do. */
  GUARDED(FlatMemory.class, FlatAccess.class),
  /**
   * A window into the memory of another guest, which runs the module. Such code is translated while
   * that guest waits, and must end with it: calls are counted, and poll as loops do.
   */
  WINDOW(WindowMemory.class, WindowAccess.class);

  private final Class<? extends GuestMemory> memory;
  private final Class<?> access;

  MemoryShape(Class<? extends GuestMemory> memory, Class<?> access) {
    this.memory = memory;
    this.access = access;
  }

  /** Whether functions say what they take of the thread's stack. */
  boolean countsCalls() {
    return this != FLAT;
  }

  String type() {
    return Type.getInternalName(memory);
  }

  String descriptor() {
    return Type.getDescriptor(memory);
  }

  /** The class whose methods stand in the place of Endive's accessors. */
  String access() {
    return Type.getInternalName(access);
  }
}
