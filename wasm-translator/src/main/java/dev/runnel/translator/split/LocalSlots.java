package dev.runnel.translator.split;

import java.util.HashMap;
import java.util.Map;

/** Gives locals new slots, in the order they are asked for. */
final class LocalSlots {
  private final Map<Local, Integer> slots = new HashMap<>();
  private int free;

  LocalSlots(int first) {
    free = first;
  }

  int of(Local local) {
    return slots.computeIfAbsent(local, any -> reserve(local.type().isWide() ? 2 : 1));
  }

  /** Slots of no local. */
  int reserve(int count) {
    int slot = free;
    free += count;
    return slot;
  }
}
