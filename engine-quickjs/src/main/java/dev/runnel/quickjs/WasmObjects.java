package dev.runnel.quickjs;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JavaScript's objects stand for, by the numbers that they hold. */
final class WasmObjects {
  private final Map<Integer, Object> byNumber = new HashMap<>();
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private int next = 1;

  int reserve() {
    return next++;
  }

  void put(int number, Object object) {
    byNumber.put(number, object);
    numbers.put(object, number);
  }

  /** The number of an object, a new one if it has none. */
  int number(Object object) {
    Integer known = numbers.get(object);
    if (known == null) {
      known = reserve();
      put(known, object);
    }
    return known;
  }

  <T> T get(int number, Class<T> type) {
    Object found = byNumber.get(number);
    if (!type.isInstance(found)) {
      throw new IllegalStateException("%d is no %s.".formatted(number, type.getSimpleName()));
    }
    return type.cast(found);
  }

  @Nullable Object remove(int number) {
    Object removed = byNumber.remove(number);
    if (removed != null) {
      numbers.remove(removed);
    }
    return removed;
  }

  boolean isEmpty() {
    return byNumber.isEmpty();
  }
}
