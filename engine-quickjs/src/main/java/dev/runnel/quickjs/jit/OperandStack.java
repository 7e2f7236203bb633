package dev.runnel.quickjs.jit;

import dev.runnel.quickjs.jit.Entry.Kind;
import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The operand stack at the place where the emitter is. A value that is only looked at stays where
 * it is and costs no reference; it becomes owned, in its slot, when somebody changes what it came
 * from, and at each label.
 */
final class OperandStack {
  private final MethodCode method;
  private final CodeBuilder code;
  private final List<Entry> entries = new ArrayList<>();

  OperandStack(MethodCode method) {
    this.method = method;
    this.code = method.code();
  }

  int depth() {
    return entries.size();
  }

  int top() {
    return entries.size() - 1;
  }

  Entry get(int position) {
    return entries.get(position);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  void set(int position, Entry entry) {
    entries.set(position, entry);
  }

  void push(Entry entry) {
    entries.add(entry);
  }

  Entry pop() {
    return entries.removeLast();
  }

  /** At a label: everything is owned, the catch offsets excepted, which have no references. */
  void restart(Flow flow, int pc) {
    entries.clear();
    for (int position = 0; position < flow.depth(pc); position++) {
      entries.add(Entry.owned(position, flow.isCatch(pc, position)));
    }
  }

  /** The value on the JVM's stack is the new top, and owned. */
  void pushOwned(boolean plain) {
    entries.add(Entry.owned(depth(), plain));
    code.lstore(method.slotLocal(top()));
  }

  void push(long constant) {
    push(Entry.constant(constant));
  }

  /** Pushes a value that is there already. */
  void duplicate(int position) {
    Entry entry = get(position);
    push(entry.isOwned() ? Entry.alias(position, entry.plain()) : entry);
  }

  /** What is stored next stays on the stack too. */
  void keepTop() {
    own(top());
    duplicate(top());
  }

  // ---- Loading ----

  /** Puts the value on the JVM's stack, borrowed. */
  void load(int position) {
    Entry entry = get(position);
    switch (entry.kind()) {
      case OWNED, ALIAS -> code.lload(method.slotLocal(entry.index()));
      case LOCAL -> code.lload(method.variableLocal(entry.index()));
      case ARGUMENT -> code.lload(method.argumentLocal(entry.index()));
      case THIS -> code.lload(MethodCode.RECEIVER);
      case CONSTANT -> code.loadConstant(entry.value());
      case MEMORY -> throw new IllegalStateException("An argument of a call is looked at.");
    }
  }

  /** Puts the value on the JVM's stack to be handed over. The entry must be popped next. */
  void loadToTake(int position) {
    Entry entry = get(position);
    if (entry.isOwned() || entry.plain()) {
      load(position);
    } else {
      method.memory();
      load(position);
      method.call(References.class, "duplicate");
    }
  }

  // ---- Owning ----

  void own(int position) {
    Entry entry = get(position);
    if (entry.isOwned()) {
      return;
    }
    loadToTake(position);
    code.lstore(method.slotLocal(position));
    set(position, Entry.owned(position, entry.plain()));
  }

  void ownAll() {
    for (int position = 0; position < depth(); position++) {
      own(position);
    }
  }

  /** Before a local or an argument changes. */
  void ownThoseOf(Kind kind, int index) {
    for (int position = 0; position < depth(); position++) {
      if (get(position).is(kind, index)) {
        own(position);
      }
    }
  }

  /** Before the values in slots move: aliases, and all from {@code first} on. */
  void ownFrom(int first) {
    for (int position = 0; position < depth(); position++) {
      if (position >= first || get(position).kind() == Kind.ALIAS) {
        own(position);
      }
    }
  }

  /** Whether all below are owned, so that a branch needs nothing done. */
  boolean isSettled() {
    return entries.stream().allMatch(Entry::isOwned);
  }

  // ---- Dropping ----

  void free(int position) {
    if (get(position).isFreed()) {
      method.self().memory();
      code.lload(method.slotLocal(position));
      method.call(References.class, "free");
    }
  }

  /** Aliases of what is dropped must own it first. */
  void drop() {
    free(top());
    pop();
  }

  void dropAll(int count) {
    for (int i = 0; i < count; i++) {
      drop();
    }
  }

  /** A result is on the JVM's stack: frees the operands below it and pushes it. */
  void replace(int operands, boolean plain) {
    boolean frees = false;
    for (int i = 0; i < operands; i++) {
      frees |= get(top() - i).isFreed();
    }
    if (frees) {
      code.lstore(MethodCode.SCRATCH);
    }
    dropAll(operands);
    if (frees) {
      code.lload(MethodCode.SCRATCH);
    }
    pushOwned(plain);
  }

  /** As {@link #replace}, for an int that nothing is pushed for. */
  void dropUnderInt(int operands) {
    boolean frees = false;
    for (int i = 0; i < operands; i++) {
      frees |= get(top() - i).isFreed();
    }
    if (frees) {
      code.istore(MethodCode.SCRATCH_INT);
    }
    dropAll(operands);
    if (frees) {
      code.iload(MethodCode.SCRATCH_INT);
    }
  }

  // ---- Moving ----

  /**
   * Puts the topmost entries in another order.
   *
   * @param from for each of them, from below, which one comes there
   */
  void permute(int... from) {
    int base = depth() - from.length;
    ownFrom(base);
    Entry[] moved = new Entry[from.length];
    for (int i = 0; i < from.length; i++) {
      code.lload(method.slotLocal(base + from[i]));
      moved[i] = Entry.owned(base + i, get(base + from[i]).plain());
    }
    for (int i = from.length - 1; i >= 0; i--) {
      code.lstore(method.slotLocal(base + i));
      set(base + i, moved[i]);
    }
  }

  /** Puts a duplicate of the top below the {@code count} topmost ones. */
  void insertUnder(int count) {
    int base = depth() - count;
    ownFrom(base);
    boolean plain = get(top()).plain();
    method.memory();
    code.lload(method.slotLocal(top()));
    method.call(References.class, "duplicate");
    pushOwned(plain);
    int[] order = new int[count + 1];
    order[0] = count;
    for (int i = 1; i <= count; i++) {
      order[i] = i - 1;
    }
    permute(order);
  }

  /** Moves the topmost entries to the frame's stack in memory, which owns them then. */
  void moveToMemory(int count) {
    for (int position = depth() - count; position < depth(); position++) {
      Entry entry = get(position);
      method.memory();
      load(position);
      method.slotAddress(position);
      method.call(References.class, entry.isOwned() || entry.plain() ? "store" : "storeDuplicate");
    }
    for (int position = depth() - count; position < depth(); position++) {
      set(position, Entry.memory(position));
    }
  }
}
