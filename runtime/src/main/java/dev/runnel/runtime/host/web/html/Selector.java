package dev.runnel.runtime.host.web.html;

import java.util.List;

/** Elements within elements, the outermost first. */
record Selector(List<Step> steps) {
  enum Relation {
    ANYWHERE,
    DESCENDANT,
    CHILD
  }

  /**
   * @param relation how it stands to the step before
   */
  record Step(Relation relation, Compound compound) {}

  Selector {
    steps = List.copyOf(steps);
  }
}
