package dev.runnel.translator;

/**
 * How to translate a module.
 *
 * @param className the generated machine class; others in its package start with its name
 * @param largestMethod methods of more bytes of JVM code are split; HotSpot compiles none above
 *     8,000
 * @param regionWeight the number of instructions that a region of a split method stays below, if
 *     its control flow allows
 * @param unpolledTargets loops whose first branch is a switch of at least so many different targets
 *     don't poll; 0 for none. Only for interpreters that poll on their own account.
 * @param largestInlined methods of more bytes may be cut behind their early returns; HotSpot
 *     inlines none above 325
 * @param earlyReturnWeight the number of instructions that a cut method keeps at most; 0 to cut
 *     none
 * @param memory what the module's memory is
 */
public record TranslatorOptions(
    String className,
    int largestMethod,
    int regionWeight,
    int unpolledTargets,
    int largestInlined,
    int earlyReturnWeight,
    MemoryShape memory) {

  public static TranslatorOptions named(String className) {
    return new TranslatorOptions(className, 8_000, 1_200, 0, 325, 0, MemoryShape.FLAT);
  }

  public TranslatorOptions withLargestMethod(int bytes) {
    return new TranslatorOptions(
        className, bytes, regionWeight, unpolledTargets, largestInlined, earlyReturnWeight, memory);
  }

  public TranslatorOptions withRegionWeight(int instructions) {
    return new TranslatorOptions(
        className,
        largestMethod,
        instructions,
        unpolledTargets,
        largestInlined,
        earlyReturnWeight,
        memory);
  }

  public TranslatorOptions withUnpolledTargets(int targets) {
    return new TranslatorOptions(
        className, largestMethod, regionWeight, targets, largestInlined, earlyReturnWeight, memory);
  }

  public TranslatorOptions withLargestInlined(int bytes) {
    return new TranslatorOptions(
        className, largestMethod, regionWeight, unpolledTargets, bytes, earlyReturnWeight, memory);
  }

  public TranslatorOptions withEarlyReturnWeight(int instructions) {
    return new TranslatorOptions(
        className,
        largestMethod,
        regionWeight,
        unpolledTargets,
        largestInlined,
        instructions,
        memory);
  }

  public TranslatorOptions withMemory(MemoryShape shape) {
    return new TranslatorOptions(
        className,
        largestMethod,
        regionWeight,
        unpolledTargets,
        largestInlined,
        earlyReturnWeight,
        shape);
  }
}
