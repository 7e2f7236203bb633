package dev.runnel.quickjs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Where the engine's own data lies that Java reads or changes, found in the base heap by what it
 * looks like and does. The same for all heaps of one build.
 *
 * @param growthStep address of dlmalloc's number of bytes by which it grows the memory
 * @param allocator address of dlmalloc's state
 * @param arenas address of QuickJS's lists of arenas for small blocks
 * @param allocated address of the number of bytes that QuickJS has allocated
 * @param randomState address of the state of Math.random
 */
record HeapFacts(int growthStep, int allocator, int arenas, int allocated, int randomState) {
  private static final int PAGE = 1 << 16;
  private static final int STATIC_DATA = 1 << 20;
  private static final int CONTEXT_BYTES = 1024;
  private static final int RUNTIME_BYTES = 256;
  private static final int ALLOCATOR_MAGIC = 36;

  /**
   * @throws IllegalStateException when something isn't found exactly once
   */
  static HeapFacts discover(Guest guest, QuickJs js) {
    int parameters = findAllocatorParameters(guest);
    return new HeapFacts(
        parameters + 8,
        findAllocator(guest, parameters),
        Arenas.of(guest.memory(), js.runtime()).address(),
        findAllocated(guest, js),
        findRandomState(guest, js));
  }

  /** A magic number, page size, granularity, then two thresholds that are never met. */
  private static int findAllocatorParameters(Guest guest) {
    int[] found =
        words(STATIC_DATA, guest.size() - 20)
            .filter(at -> guest.readInt(at + 4) == PAGE && guest.readInt(at + 8) == PAGE)
            .filter(at -> guest.readInt(at + 12) == -1 && guest.readInt(at + 16) == -1)
            .toArray();
    return only("dlmalloc's parameters", found);
  }

  /** The state holds the parameters' magic number too. */
  private static int findAllocator(Guest guest, int parameters) {
    int magic = guest.readInt(parameters);
    int[] found =
        words(STATIC_DATA, guest.size() - 4)
            .filter(at -> at != parameters && guest.readInt(at) == magic)
            .map(at -> at - ALLOCATOR_MAGIC)
            .filter(at -> FreedMemory.isWellFormed(guest, at))
            .filter(at -> UnusedTail.isAsExpected(guest, at))
            .toArray();
    return only("dlmalloc's state", found);
  }

  /** The word of the runtime that QuickJS reports as its size. */
  private static int findAllocated(Guest guest, QuickJs js) {
    int bytes = (int) js.allocatedBytes();
    int[] found =
        words(js.runtime(), js.runtime() + RUNTIME_BYTES)
            .filter(at -> guest.readInt(at) == bytes)
            .toArray();
    return only("QuickJS's number of allocated bytes", found);
  }

  /** The word that one call of Math.random changes as xorshift64* changes its state. */
  private static int findRandomState(Guest guest, QuickJs js) {
    int from = js.context();
    long[] before = longs(guest, from);
    js.free(js.evaluate("facts", GuestText.source("Math.random()"), QuickJs.EVAL_SCRIPT));
    long[] after = longs(guest, from);
    int[] found =
        IntStream.range(0, before.length)
            .filter(i -> before[i] != 0 && xorshift(before[i]) == after[i])
            .map(i -> from + i * 4)
            .toArray();
    return only("the state of Math.random", found);
  }

  private static IntStream words(int from, int to) {
    return IntStream.iterate(from, at -> at < to, at -> at + 4);
  }

  private static long[] longs(Guest guest, int from) {
    return words(from, from + CONTEXT_BYTES).mapToLong(guest::readLong).toArray();
  }

  private static long xorshift(long state) {
    long next = state ^ state >>> 12;
    next ^= next << 25;
    return next ^ next >>> 27;
  }

  private static int only(String what, int[] found) {
    if (found.length != 1) {
      throw new IllegalStateException(
          "The engine looked for %s and found them %d times.".formatted(what, found.length));
    }
    return found[0];
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(growthStep);
    out.writeInt(allocator);
    out.writeInt(arenas);
    out.writeInt(allocated);
    out.writeInt(randomState);
  }

  static HeapFacts read(DataInputStream in) throws IOException {
    return new HeapFacts(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
  }
}
