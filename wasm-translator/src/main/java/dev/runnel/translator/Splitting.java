package dev.runnel.translator;

import dev.runnel.translator.split.MethodSplitter;
import dev.runnel.translator.split.UnsplittableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Splits every method of a class that is too large, with smaller regions where a region itself
 * comes out too large.
 */
final class Splitting {
  private static final int HOTSPOT_LIMIT = 8_000;
  private static final int ROUNDS = 5;

  private final TranslatorOptions options;
  private final List<String> warnings;
  private final List<String> summary;

  Splitting(TranslatorOptions options, List<String> warnings, List<String> summary) {
    this.options = options;
    this.warnings = warnings;
    this.summary = summary;
  }

  /** The class and the frame classes that its split methods need, by class name. */
  Map<String, byte[]> apply(byte[] classFile) {
    Map<String, Integer> limits = new HashMap<>();
    MethodSizes.of(classFile)
        .forEach(
            (name, size) -> {
              if (FunctionCode.isFunctionName(name)) {
                if (size > options.largestMethod()) {
                  limits.put(name, options.regionWeight());
                }
              } else if (size > HOTSPOT_LIMIT) {
                warnings.add(
                    "%s is too large for HotSpot, which will interpret it.".formatted(name));
              }
            });
    if (limits.isEmpty()) {
      return Map.of(ClassFiles.read(classFile).name.replace('/', '.'), classFile);
    }
    for (int round = 1; ; round++) {
      Attempt attempt = new Attempt(classFile, limits);
      if (attempt.oversized.isEmpty() || round == ROUNDS) {
        attempt.report();
        return attempt.classes;
      }
      attempt.oversized.forEach(
          name -> limits.merge(name, 2, (limit, two) -> Math.max(1, limit / two)));
    }
  }

  /** One pass over a fresh copy of the class. */
  private final class Attempt {
    final Map<String, byte[]> classes = new HashMap<>();
    final Set<String> oversized = new HashSet<>();
    private final Map<String, MethodSplitter.Result> results = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();

    Attempt(byte[] classFile, Map<String, Integer> limits) {
      ClassNode node = ClassFiles.read(classFile);
      MethodSplitter splitter = new MethodSplitter(node);
      for (MethodNode method : List.copyOf(node.methods)) {
        Integer limit = limits.get(method.name);
        if (limit != null) {
          split(splitter, method, limit);
        }
      }
      byte[] written = ClassFiles.write(node);
      classes.put(node.name.replace('/', '.'), written);
      measure(MethodSizes.of(written));
    }

    private void split(MethodSplitter splitter, MethodNode method, int limit) {
      try {
        MethodSplitter.Result result = splitter.split(method, limit);
        results.put(method.name, result);
        classes.put(result.frame().name.replace('/', '.'), ClassFiles.write(result.frame()));
      } catch (UnsplittableException e) {
        refusals.add("%s: %s".formatted(method.name, e.getMessage()));
      }
    }

    private void measure(Map<String, Integer> sizes) {
      results.forEach(
          (name, result) -> {
            for (String region : result.methods()) {
              if (sizes.getOrDefault(region, 0) > HOTSPOT_LIMIT) {
                oversized.add(name);
              }
            }
          });
    }

    void report() {
      results.forEach(
          (name, result) ->
              summary.add(
                  "%s: %d blocks in %d regions"
                      .formatted(name, result.blocks(), result.regions())));
      refusals.forEach(
          refusal -> warnings.add("Not split, so HotSpot will interpret it: " + refusal + "."));
      oversized.forEach(
          name -> warnings.add("A region of %s stays too large for HotSpot.".formatted(name)));
    }
  }
}
