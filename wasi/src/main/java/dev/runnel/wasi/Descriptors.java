package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What a program has open, by number: the lowest free one for what is opened next. */
final class Descriptors implements AutoCloseable {
  private final Map<Integer, Descriptor> open = new TreeMap<>();
  private final int most;

  Descriptors(int most) {
    this.most = most;
  }

  int add(Descriptor descriptor) {
    int number = 0;
    while (open.containsKey(number)) {
      number++;
    }
    open.put(number, descriptor);
    return number;
  }

  /** Before anything is opened. */
  void requireRoom() throws Refusal {
    if (open.size() >= most) {
      throw Errno.MFILE.refusal();
    }
  }

  Descriptor get(int number) throws Refusal {
    Descriptor found = open.get(number);
    if (found == null) {
      throw Errno.BADF.refusal();
    }
    return found;
  }

  Descriptor get(int number, long rights) throws Refusal {
    Descriptor found = get(number);
    found.require(rights);
    return found;
  }

  void close(int number) throws Refusal, IOException {
    get(number);
    open.remove(number).close();
  }

  /** Gives one the number of another, which is closed. */
  void renumber(int from, int to) throws Refusal, IOException {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (from != to) {
      open.remove(from);
      open.put(to, moved);
      replaced.close();
    }
  }

  @Override
  public void close() {
    for (Descriptor each : open.values()) {
      try {
        each.close();
      } catch (IOException e) {
        // The program that wrote has ended; whoever wants to know has to sync.
      }
    }
    open.clear();
  }
}
