package dev.runnel.quickjs;

import dev.runnel.wasm.WindowHost;
import dev.runnel.wasm.WindowMemory;
import java.util.IdentityHashMap;
import java.util.Map;
import run.endive.runtime.Memory;

/** Places programs' linear memories in the guest's own memory, and moves them when they grow. */
final class WasmMemories {
  private final Guest guest;
  private final QuickJs js;
  private final WasmScript script;
  private final MemoryLimit limit;
  private final Map<WindowMemory, WasmMemory> memories = new IdentityHashMap<>();

  WasmMemories(Guest guest, QuickJs js, WasmScript script, MemoryLimit limit) {
    this.guest = guest;
    this.js = js;
    this.script = script;
    this.limit = limit;
  }

  WasmMemory of(Memory window) {
    WasmMemory found = window instanceof WindowMemory known ? memories.get(known) : null;
    if (found == null) {
      throw new IllegalStateException("A WebAssembly memory was used after its release.");
    }
    return found;
  }

  /**
   * A new memory of zeros.
   *
   * @throws GuestThrow a RangeError when there is no room
   */
  WasmMemory create(WindowHost host, int initial, long maximum, boolean shared) {
    WasmMemory memory =
        new WasmMemory(new WindowMemory(guest.memory(), host, initial, maximum, shared), shared);
    long reserved = shared ? Math.min(maximum, Memory.RUNTIME_MAX_PAGES) : initial;
    long buffer = Value.EXCEPTION;
    if (Math.max(initial, reserved) <= Memory.RUNTIME_MAX_PAGES) {
      int bytes = (int) reserved * Memory.PAGE_SIZE;
      buffer =
          limit.leniently(() -> guest.call(Export.JS_NewArrayBufferCopy, js.context(), 0, bytes));
      if (buffer == Value.EXCEPTION) {
        js.free(js.takeException());
      }
    }
    if (buffer == Value.EXCEPTION) {
      throw script.error(
          WasmScript.Kind.RangeError,
          "WebAssembly.Memory(): could not allocate memory of %d pages".formatted(reserved));
    }
    memory.buffer = buffer;
    memories.put(memory.window, memory);
    place(memory, initial);
    return memory;
  }

  /** The memory's buffer, which stays this object's. */
  long buffer(WasmMemory memory) {
    if (!memory.shared) {
      return memory.buffer;
    }
    if (memory.view == Value.UNDEFINED) {
      int address = BytesLayout.address(guest, Value.payload(memory.buffer));
      int size = memory.window.sizeBytes();
      memory.view = guest.call(Export.JS_NewArrayBuffer, js.context(), address, size, 0, 0, 0, 1);
      if (memory.view == Value.EXCEPTION) {
        memory.view = Value.UNDEFINED;
        throw GuestThrow.PENDING;
      }
    }
    return memory.view;
  }

  /** Moves a memory to where it has that many pages; its old buffer is detached then. */
  boolean resize(WindowMemory window, int pages) {
    WasmMemory memory = of(window);
    return memory.shared ? resizeInPlace(memory, pages) : resizeByTransfer(memory, pages);
  }

  private boolean resizeInPlace(WasmMemory memory, int pages) {
    js.free(memory.view);
    memory.view = Value.UNDEFINED;
    place(memory, pages);
    return true;
  }

  private boolean resizeByTransfer(WasmMemory memory, int pages) {
    int object = Value.payload(memory.buffer);
    BytesLayout.allowTransfer(guest, object);
    try {
      long grown =
          limit.leniently(
              () ->
                  script.call(
                      WasmScript.TRANSFER,
                      memory.buffer,
                      Value.of((double) pages * Memory.PAGE_SIZE)));
      js.free(memory.buffer);
      memory.buffer = grown;
      place(memory, pages);
      return true;
    } catch (GuestThrow noRoom) {
      js.free(js.takeException());
      BytesLayout.forbidTransfer(guest, object);
      return false;
    }
  }

  private void place(WasmMemory memory, int pages) {
    int object = Value.payload(memory.buffer);
    BytesLayout.forbidTransfer(guest, object);
    memory.window.moveTo(BytesLayout.address(guest, object), pages * Memory.PAGE_SIZE);
  }

  /** The guest has no use for the memory any more; its buffer may live on. */
  void release(WasmMemory memory) {
    memories.remove(memory.window);
    memory.window.moveTo(0, 0);
    js.free(memory.view);
    if (!memory.shared) { // Views of shared bytes can't say when the last of them is gone.
      js.free(memory.buffer);
    }
    memory.buffer = Value.UNDEFINED;
    memory.view = Value.UNDEFINED;
  }
}
