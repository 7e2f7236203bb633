package dev.runnel.runtime.host.web.html;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * All selectors of one rewriter. Each step of each has a number; an open element remembers the
 * numbers that it matched, so nothing else of it is needed to match what it contains.
 */
final class Matcher {
  private static final int MAX_STEPS = 1_000;
  private static final int NONE = -1;

  /**
   * @param handler the handler of a selector's last step
   */
  private record Numbered(Selector.Step step, int handler) {}

  private final List<Numbered> steps = new ArrayList<>();
  private boolean countsNames;

  void add(List<Selector> alternatives, int handler) throws RewriteException {
    for (Selector selector : alternatives) {
      int last = selector.steps().size() - 1;
      for (int i = 0; i <= last; i++) {
        Selector.Step step = selector.steps().get(i);
        countsNames |= step.compound().countsNames();
        steps.add(new Numbered(step, i == last ? handler : NONE));
      }
    }
    if (steps.size() > MAX_STEPS) {
      throw new RewriteException(
          "The selectors of one HTMLRewriter have more than %d steps.".formatted(MAX_STEPS));
    }
  }

  boolean countsNames() {
    return countsNames;
  }

  /**
   * The numbers that an element matches.
   *
   * @param parent what its parent matches
   * @param ancestors what its parent and all above match
   */
  BitSet match(Compound.Subject element, BitSet parent, BitSet ancestors) {
    BitSet matched = new BitSet();
    for (int i = 0; i < steps.size(); i++) {
      Selector.Step step = steps.get(i).step;
      boolean isReachable =
          switch (step.relation()) {
            case ANYWHERE -> true;
            case DESCENDANT -> ancestors.get(i - 1);
            case CHILD -> parent.get(i - 1);
          };
      if (isReachable && step.compound().matches(element)) {
        matched.set(i);
      }
    }
    return matched;
  }

  /** The handlers of what is matched, each once, in the order in which they were added. */
  BitSet handlers(BitSet matched) {
    BitSet handlers = new BitSet();
    matched.stream()
        .map(number -> steps.get(number).handler)
        .filter(handler -> handler != NONE)
        .forEach(handlers::set);
    return handlers;
  }
}
