package dev.runnel.quickjs.jit;

import dev.runnel.wasm.FlatMemory;
import java.util.Optional;

/** The atoms of one isolate: those that instructions mean without naming them, and their values. */
final class Names {
  /** QuickJS makes those of its own names first, in an order that is compiled in. */
  private static final int FIRST_ATOMS = 256;

  private final Jit jit;
  private final FlatMemory memory;
  private final int context;
  private final int empty;
  private final int length;
  private final int function;

  Names(Jit jit, FlatMemory memory, int context) {
    this.jit = jit;
    this.memory = memory;
    this.context = context;
    empty = find("");
    length = find("length");
    function = find("function");
  }

  int empty() {
    return empty;
  }

  int length() {
    return length;
  }

  int function() {
    return function;
  }

  private int find(String text) {
    for (int atom = 1; atom < FIRST_ATOMS; atom++) {
      Optional<Long> value = value(atom);
      if (value.isPresent() && Strings.is(memory, value.get(), text)) {
        return atom;
      }
    }
    throw new RefusedException("The engine has no atom for \"%s\".".formatted(text));
  }

  /** What push_atom_value pushes, if it's a string: that lives as long as the atom. */
  Optional<Long> value(int atom) {
    if (atom <= 0) {
      return Optional.empty();
    }
    long value = GuestFunctions.atomToValue(context, atom, memory, jit.instance());
    GuestFunctions.free(jit.runtime(), value, memory, jit.instance());
    return Bits.tag(value) == Bits.STRING ? Optional.of(value) : Optional.empty();
  }
}
