package dev.runnel.translator.split;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Splits one method of a class of translated functions.
 *
 * <p>Assumes what Endive's compiler does: a static method whose last two parameters are memory and
 * instance, never assigned; no exception handlers; no other references that live from one region to
 * another. It checks all of that and refuses before it changes anything.
 */
public final class MethodSplitter {
  private final ClassNode owner;

  public MethodSplitter(ClassNode owner) {
    this.owner = owner;
  }

  /**
   * What splitting one method came to.
   *
   * @param frame the class of its frames, to be written beside {@code owner}
   * @param methods names of the methods added to {@code owner}
   */
  public record Result(ClassNode frame, int blocks, int regions, List<String> methods) {}

  /**
   * Replaces the method's body by a driver and adds its regions to the class.
   *
   * @param limit the weight, in instructions, that a region should stay below
   * @throws UnsplittableException if the method breaks an assumption; it is then unchanged
   */
  public Result split(MethodNode method, int limit) throws UnsplittableException {
    if (!method.tryCatchBlocks.isEmpty()) {
      throw new UnsplittableException("it catches exceptions");
    }
    SplitMethod split = analyze(method, limit);
    Dominators dominators = new Dominators(split.graph());
    Liveness liveness = new Liveness(split.graph(), dominators, split.signature());
    List<RegionFlow> flows = new ArrayList<>();
    for (int root : split.regions().roots()) {
      RegionFlow flow = new RegionFlow(split.regions(), liveness, root);
      refuseReferences(split, flow, root);
      flows.add(flow);
    }
    List<MethodNode> added = new ArrayList<>();
    List<Integer> roots = split.regions().roots();
    for (int i = 0; i < roots.size(); i++) {
      added.add(new RegionEmitter(split, flows.get(i), roots.get(i)).emit());
    }
    added.addAll(new Driver(split).emit());
    owner.methods.addAll(added);
    return new Result(
        split.frame().node(),
        split.graph().size(),
        split.regions().count(),
        added.stream().map(region -> region.name).toList());
  }

  private SplitMethod analyze(MethodNode method, int limit) throws UnsplittableException {
    try {
      ControlFlowGraph graph = new ControlFlowGraph(owner.name, method, limit);
      Regions regions = new Regions(graph, new Dominators(graph), limit);
      FrameClass frame = new FrameClass(owner.name + "$" + method.name);
      Signature signature = Signature.of(method.desc);
      return new SplitMethod(owner.name, method, signature, graph, regions, frame);
    } catch (AnalyzerException e) {
      throw new UnsplittableException("its code can't be analysed: " + e.getMessage());
    }
  }

  private static void refuseReferences(SplitMethod split, RegionFlow flow, int root)
      throws UnsplittableException {
    boolean inLocal =
        Local.in(flow.fetched()).anyMatch(local -> local.type() == SlotType.REFERENCE);
    if (inLocal || split.graph().block(root).entryStack().contains(SlotType.REFERENCE)) {
      throw new UnsplittableException("an object reference lives across its regions");
    }
  }
}
