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
 */
public record TranslatorOptions(
    String className, int largestMethod, int regionWeight, int unpolledTargets) {

  public static TranslatorOptions named(String className) {
    return new TranslatorOptions(className, 8_000, 1_200, 0);
  }

  public TranslatorOptions withLargestMethod(int bytes) {
    return new TranslatorOptions(className, bytes, regionWeight, unpolledTargets);
  }

  public TranslatorOptions withRegionWeight(int instructions) {
    return new TranslatorOptions(className, largestMethod, instructions, unpolledTargets);
  }

  public TranslatorOptions withUnpolledTargets(int targets) {
    return new TranslatorOptions(className, largestMethod, regionWeight, targets);
  }
}
