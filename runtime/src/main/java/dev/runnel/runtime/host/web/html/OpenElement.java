package dev.runnel.runtime.host.web.html;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element whose end tag has not come yet, or the document itself. */
final class OpenElement {
  private static final BitSet NONE = new BitSet();
  private static final int OBJECT_BYTES = 160;
  private static final int COUNTER_BYTES = 120;

  final String name;
  final Namespace namespace;
  final boolean holdsHtml;

  /** Steps of selectors that it matches; not to be changed. */
  final BitSet matched;

  /** The same of itself and of all around it. */
  final BitSet matchedAbove;

  /** Those that hear of its text and comments. */
  final BitSet handlers;

  /** What its end needs: */
  boolean skipsInner;

  boolean dropsEndTag;
  String append = "";
  String after = "";
  @Nullable String endName;

  /** By which the program knows its handlers of the end tag; 0 when there are none. */
  int key;

  private int children;
  private @Nullable Map<String, Integer> childrenByName;

  OpenElement(
      String name,
      Namespace namespace,
      boolean holdsHtml,
      BitSet matched,
      BitSet above,
      BitSet handlers) {
    this.name = name;
    this.namespace = namespace;
    this.holdsHtml = holdsHtml;
    this.matched = matched.isEmpty() ? NONE : matched;
    this.matchedAbove = union(above, matched);
    this.handlers = handlers.isEmpty() ? NONE : handlers;
  }

  static OpenElement document() {
    return new OpenElement("", Namespace.HTML, true, NONE, NONE, NONE);
  }

  private static BitSet union(BitSet above, BitSet own) {
    BitSet united = (BitSet) above.clone();
    united.or(own);
    return united.equals(above) ? above : united;
  }

  /** One more element in it; its place among all, from 1. */
  int nextPlace() {
    return ++children;
  }

  /** The same among those of its name. */
  int nextPlace(String childName, Budget budget) throws RewriteException {
    Map<String, Integer> counts = childrenByName;
    if (counts == null) {
      counts = new HashMap<>();
      childrenByName = counts;
    }
    if (!counts.containsKey(childName)) {
      budget.reserve(COUNTER_BYTES + childName.length());
    }
    return counts.merge(childName, 1, Integer::sum);
  }

  /** What it takes while it is open, counters of its children aside. */
  long bytes() {
    return OBJECT_BYTES
        + name.length()
        + 2L * (append.length() + after.length())
        + (matched.size() + matchedAbove.size() + handlers.size()) / Byte.SIZE;
  }

  long counterBytes() {
    return childrenByName == null
        ? 0
        : childrenByName.keySet().stream().mapToLong(one -> COUNTER_BYTES + one.length()).sum();
  }
}
