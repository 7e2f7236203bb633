package dev.runnel.translator;

import dev.runnel.translator.split.EarlyReturns;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Leaves early returns where HotSpot inlines them, in functions that are too large to inline. */
final class Shortening {
  private final TranslatorOptions options;
  private final List<String> summary;

  Shortening(TranslatorOptions options, List<String> summary) {
    this.options = options;
    this.summary = summary;
  }

  byte[] apply(byte[] classFile) {
    if (options.earlyReturnWeight() == 0) {
      return classFile;
    }
    Map<String, Integer> sizes = MethodSizes.of(classFile);
    ClassNode node = ClassFiles.read(classFile);
    int shortened = 0;
    for (MethodNode method : List.copyOf(node.methods)) {
      if (FunctionCode.isFunction(method)
          && sizes.getOrDefault(method.name, 0) > options.largestInlined()
          && EarlyReturns.split(node, method, options.earlyReturnWeight())) {
        shortened++;
      }
    }
    if (shortened == 0) {
      return classFile;
    }
    summary.add("%d functions return early from an entry of their own".formatted(shortened));
    return ClassFiles.write(node);
  }
}
