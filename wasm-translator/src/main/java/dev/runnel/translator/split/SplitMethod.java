package dev.runnel.translator.split;

import org.objectweb.asm.tree.MethodNode;

/** All that the emitters know of the method being split. */
record SplitMethod(
    String owner,
    MethodNode method,
    Signature signature,
    ControlFlowGraph graph,
    Regions regions,
    FrameClass frame) {

  String regionName(int root) {
    return method.name + "_region" + regions.number(root);
  }

  String regionDescriptor() {
    return signature.regionDescriptor(frame.name());
  }
}
