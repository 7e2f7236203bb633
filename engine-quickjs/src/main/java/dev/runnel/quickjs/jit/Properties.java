package dev.runnel.quickjs.jit;

import static dev.runnel.wasm.FlatAccess.memoryReadByte;
import static dev.runnel.wasm.FlatAccess.memoryReadInt;
import static dev.runnel.wasm.FlatAccess.memoryReadLong;
import static dev.runnel.wasm.FlatAccess.memoryReadShort;

import dev.runnel.quickjs.jit.Layout.Obj;
import dev.runnel.quickjs.jit.Layout.Shape;
import dev.runnel.quickjs.jit.Layout.Str;
import dev.runnel.wasm.FlatAccess;
import dev.runnel.wasm.FlatMemory;
import run.endive.runtime.TrapException;

/**
 * Gets and puts properties, those of plain objects and arrays without the guest's help.
 *
 * <p>A site remembers where it found its property last: the mask of the shape's hash table and the
 * index. A hit needs the same mask, and the property's name and flags at that index. The shape
 * itself is not remembered, so one that was changed, or freed and made anew, can't mislead.
 *
 * <p>Parameters are borrowed and results are owned, unless it says "takes".
 */
final class Properties {
  static final long NONE = -1;

  private static final int HASH_FACTOR = 1640531527;
  private static final int LARGEST_CACHED = 0xffff;
  private static final int THROW_IN_STRICT_MODE = 1 << 15;
  private static final int WRITABLE_ENUMERABLE_CONFIGURABLE = 7;
  private static final int THROW = 1 << 14;

  private Properties() {}

  // ---- Shapes ----

  /**
   * Where an object itself has a property: the word of its flags above, its index below; or {@link
   * #NONE}.
   */
  static long find(FlatMemory memory, int object, int atom) {
    int shape = memoryReadInt(object + Obj.SHAPE, memory);
    int mask = memoryReadInt(shape + Shape.MASK, memory);
    int properties = shape + Shape.TABLE + mask * 4;
    int hash = atom * HASH_FACTOR >>> Integer.numberOfLeadingZeros(mask + 1) + 1;
    int next = memoryReadInt(properties - (hash + 1) * 4, memory);
    for (int steps = 0; next != 0; steps++) {
      int at = properties + (next - 1) * 8;
      int word = memoryReadInt(at, memory);
      if (memoryReadInt(at + 4, memory) == atom) {
        return (long) word << 32 | next - 1 & 0xffffffffL;
      }
      next = word & Shape.NEXT_BITS;
      if (steps > memoryReadInt(shape + Shape.COUNT, memory)) {
        throw new TrapException("a shape's properties form a circle");
      }
    }
    return NONE;
  }

  /** Whether what was found is no value: an accessor, say. */
  static boolean isSpecial(long found) {
    return ((int) (found >> 32) & Shape.SPECIAL) != 0;
  }

  private static boolean isPlainlyWritable(long found) {
    return ((int) (found >> 32) & (Shape.SPECIAL | Shape.LENGTH | Shape.WRITABLE))
        == Shape.WRITABLE;
  }

  static int address(FlatMemory memory, int object, long found) {
    return memoryReadInt(object + Obj.PROPERTIES, memory) + (int) found * 8;
  }

  /** What the site's cache finds, as {@link #find} does. */
  private static long cached(Compiled self, FlatMemory memory, int object, int atom, int site) {
    int shape = memoryReadInt(object + Obj.SHAPE, memory);
    int mask = memoryReadInt(shape + Shape.MASK, memory);
    long cache = self.caches[site];
    int index = (int) cache;
    if ((int) (cache >> 32) == mask
        && Integer.compareUnsigned(index, memoryReadInt(shape + Shape.COUNT, memory)) < 0) {
      long property = memoryReadLong(shape + Shape.TABLE + mask * 4 + index * 8, memory);
      if ((int) (property >>> 32) == atom) {
        return property << 32 | index;
      }
    }
    return NONE;
  }

  private static void remember(Compiled self, FlatMemory memory, int object, long found, int site) {
    int shape = memoryReadInt(object + Obj.SHAPE, memory);
    int mask = memoryReadInt(shape + Shape.MASK, memory);
    if (found != NONE && Integer.compareUnsigned(mask, LARGEST_CACHED) < 0) {
      self.caches[site] = (long) mask << 32 | (int) found;
    }
  }

  // ---- Named properties ----

  static long get(Compiled self, FlatMemory memory, int frame, long object, int atom, int site) {
    if (Bits.tag(object) == Bits.OBJECT) {
      long found = cached(self, memory, (int) object, atom, site);
      if (found != NONE && !isSpecial(found)) {
        return Variables.get(memory, address(memory, (int) object, found));
      }
    }
    return search(self, memory, frame, object, atom, site);
  }

  private static long search(
      Compiled self, FlatMemory memory, int frame, long object, int atom, int site) {
    long holder = object;
    while (Bits.tag(holder) == Bits.OBJECT) {
      FlatAccess.poll(memory);
      int at = (int) holder;
      long found = find(memory, at, atom);
      if (found != NONE) {
        if (isSpecial(found)) {
          break;
        }
        if (holder == object) {
          remember(self, memory, at, found, site);
        }
        return Variables.get(memory, address(memory, at, found));
      }
      if ((memoryReadByte(at + Obj.FLAGS, memory) & Obj.EXOTIC) != 0) {
        break;
      }
      int shape = memoryReadInt(at + Obj.SHAPE, memory);
      int prototype = memoryReadInt(shape + Shape.PROTOTYPE, memory);
      if (prototype == 0) {
        return Bits.UNDEFINED;
      }
      holder = Bits.of(Bits.OBJECT, prototype);
    }
    Frames.setPc(self, memory, frame, site);
    return checked(
        self,
        GuestFunctions.getProperty(self.context, holder, atom, object, 0, memory, self.instance),
        site);
  }

  static long getLength(
      Compiled self, FlatMemory memory, int frame, long object, int atom, int site) {
    if (Bits.tag(object) == Bits.STRING) {
      return Bits.ofInt(memoryReadInt((int) object + Str.LENGTH, memory) & Str.LENGTH_BITS);
    }
    return get(self, memory, frame, object, atom, site);
  }

  /** Takes the value. */
  static void put(
      Compiled self, FlatMemory memory, int frame, long object, long value, int atom, int site) {
    if (Bits.tag(object) == Bits.OBJECT) {
      int at = (int) object;
      long found = cached(self, memory, at, atom, site);
      if (found == NONE) {
        found = find(memory, at, atom);
        remember(self, memory, at, found, site);
      }
      if (found != NONE && isPlainlyWritable(found)) {
        Variables.put(self, memory, value, address(memory, at, found));
        return;
      }
    }
    Frames.setPc(self, memory, frame, site);
    check(
        self,
        GuestFunctions.setProperty(
            self.context, object, atom, value, THROW_IN_STRICT_MODE, memory, self.instance),
        site);
  }

  /** Takes the value. */
  static void define(
      Compiled self, FlatMemory memory, long object, long value, int atom, int site) {
    check(
        self,
        GuestFunctions.defineProperty(
            self.context,
            object,
            atom,
            value,
            WRITABLE_ENUMERABLE_CONFIGURABLE | THROW,
            memory,
            self.instance),
        site);
  }

  // ---- Elements ----

  static long getElement(
      Compiled self, FlatMemory memory, int frame, long object, long key, int site) {
    int element = element(memory, object, key);
    if (element != 0) {
      return Variables.get(memory, element);
    }
    Frames.setPc(self, memory, frame, site);
    References.duplicate(memory, key);
    return checked(
        self, GuestFunctions.getElement(self.context, object, key, memory, self.instance), site);
  }

  /** Takes key and value. */
  static void putElement(
      Compiled self, FlatMemory memory, int frame, long object, long key, long value, int site) {
    int element = element(memory, object, key);
    if (element != 0) {
      Variables.put(self, memory, value, element);
      return;
    }
    Frames.setPc(self, memory, frame, site);
    check(
        self,
        GuestFunctions.setElement(
            self.context, object, key, value, THROW_IN_STRICT_MODE, memory, self.instance),
        site);
  }

  /** The address of an element that an array has; 0 for any other object or key. */
  private static int element(FlatMemory memory, long object, long key) {
    if (Bits.tag(object) != Bits.OBJECT || !Bits.isInt(key)) {
      return 0;
    }
    int at = (int) object;
    if ((memoryReadShort(at + Obj.CLASS, memory) & 0xffff) != Obj.CLASS_ARRAY
        || Integer.compareUnsigned((int) key, memoryReadInt(at + Obj.ELEMENT_COUNT, memory)) >= 0) {
      return 0;
    }
    return memoryReadInt(at + Obj.ELEMENTS, memory) + (int) key * 8;
  }

  // ---- Results ----

  static long checked(Compiled self, long value, int site) {
    if (value == Bits.EXCEPTION) {
      throw self.thrown(site);
    }
    return value;
  }

  static void check(Compiled self, int status, int site) {
    if (status < 0) {
      throw self.thrown(site);
    }
  }
}
