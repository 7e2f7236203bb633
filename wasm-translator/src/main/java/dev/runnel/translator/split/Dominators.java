package dev.runnel.translator.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The dominator tree of a control-flow graph, by the iterative method of Cooper, Harvey and
 * Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 */
final class Dominators {
  private final List<Integer> order;
  private final int[] rank;
  private final int[] parent;
  private final List<List<Integer>> predecessors = new ArrayList<>();
  private final List<List<Integer>> children = new ArrayList<>();

  Dominators(ControlFlowGraph graph) {
    order = reversePostorder(graph);
    rank = new int[graph.size()];
    for (int i = 0; i < order.size(); i++) {
      rank[order.get(i)] = i;
    }
    parent = new int[graph.size()];
    Arrays.fill(parent, -1);
    graph.blocks().forEach(block -> predecessors.add(new ArrayList<>()));
    graph.blocks().forEach(block -> children.add(new ArrayList<>()));
    for (int block : order) {
      for (int next : graph.block(block).successors()) {
        predecessors.get(next).add(block);
      }
    }
    solve();
    order.stream().skip(1).forEach(block -> children.get(parent[block]).add(block));
  }

  /** Blocks in reverse postorder: each after all blocks that dominate it. */
  List<Integer> order() {
    return order;
  }

  /** The immediate dominator; the entry is its own. */
  int parent(int block) {
    return parent[block];
  }

  List<Integer> children(int block) {
    return children.get(block);
  }

  List<Integer> predecessors(int block) {
    return predecessors.get(block);
  }

  private void solve() {
    parent[0] = 0;
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int block : order.subList(1, order.size())) {
        int best = -1;
        for (int predecessor : predecessors.get(block)) {
          if (parent[predecessor] >= 0) {
            best = best < 0 ? predecessor : common(predecessor, best);
          }
        }
        if (parent[block] != best) {
          parent[block] = best;
          changed = true;
        }
      }
    }
  }

  private int common(int a, int b) {
    int x = a;
    int y = b;
    while (x != y) {
      while (rank[x] > rank[y]) {
        x = parent[x];
      }
      while (rank[y] > rank[x]) {
        y = parent[y];
      }
    }
    return x;
  }

  private static List<Integer> reversePostorder(ControlFlowGraph graph) {
    record Visit(int block, int[] next) {}
    List<Integer> order = new ArrayList<>();
    boolean[] seen = new boolean[graph.size()];
    Deque<Visit> path = new ArrayDeque<>();
    path.push(new Visit(0, new int[1]));
    seen[0] = true;
    while (!path.isEmpty()) {
      Visit visit = path.peek();
      int[] successors = graph.block(visit.block).successors();
      if (visit.next[0] == successors.length) {
        order.add(path.pop().block);
      } else {
        int next = successors[visit.next[0]++];
        if (!seen[next]) {
          seen[next] = true;
          path.push(new Visit(next, new int[1]));
        }
      }
    }
    Collections.reverse(order);
    return order;
  }
}
