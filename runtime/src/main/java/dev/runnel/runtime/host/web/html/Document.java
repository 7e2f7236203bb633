package dev.runnel.runtime.host.web.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open elements, the document itself at the bottom. */
final class Document {
  private final List<OpenElement> open = new ArrayList<>();
  private final Map<String, Integer> openByName = new HashMap<>();
  private final Budget budget;

  Document(Budget budget) {
    this.budget = budget;
    open.add(OpenElement.document());
  }

  OpenElement innermost() {
    return open.getLast();
  }

  boolean hasOpen() {
    return open.size() > 1;
  }

  boolean hasOpen(String name) {
    return openByName.containsKey(name);
  }

  void push(OpenElement element) throws RewriteException {
    budget.reserve(element.bytes());
    open.add(element);
    openByName.merge(element.name, 1, Integer::sum);
  }

  OpenElement pop() {
    OpenElement closed = open.removeLast();
    openByName.computeIfPresent(closed.name, (_, count) -> count == 1 ? null : count - 1);
    budget.release(closed.bytes() + closed.counterBytes());
    return closed;
  }
}
