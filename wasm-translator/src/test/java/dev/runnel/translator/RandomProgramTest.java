package dev.runnel.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.runtime.Instance;

/** Random programs, split at several sizes and not at all, do what the interpreter does. */
class RandomProgramTest {
  private static LongStream seeds() {
    return LongStream.range(0, Long.getLong("runnel.randomPrograms", 24));
  }

  private record Outcome(long result, byte[] memory) {
    static Outcome of(Instance instance, long a, long b) {
      long result = instance.export("f").apply(a, b)[0];
      return new Outcome(result, instance.memory().readBytes(0, 65536));
    }

    void mustEqual(Outcome expected, String what) {
      assertThat(result).as(what).isEqualTo(expected.result);
      assertThat(memory).as(what).isEqualTo(expected.memory);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void behaveTheSameHoweverTheyAreSplit(long seed) {
    byte[] wasm = RandomProgram.of(seed);
    Random inputs = new Random(~seed);
    long a = inputs.nextInt(200) - 100;
    long b = inputs.nextLong();
    Outcome expected = Outcome.of(TestModule.interpreted(wasm), a, b);

    TranslatorOptions options = TranslatorOptions.named("test.Random");
    Outcome.of(TestModule.translated(wasm, options), a, b).mustEqual(expected, "whole");
    TranslatorOptions early = options.withLargestInlined(0).withEarlyReturnWeight(40);
    Outcome.of(TestModule.translated(wasm, early), a, b).mustEqual(expected, "early returns");
    for (int weight : new int[] {1, 9, 100}) {
      TranslatorOptions split = options.withLargestMethod(1).withRegionWeight(weight);
      Outcome.of(TestModule.translated(wasm, split), a, b)
          .mustEqual(expected, "regions of " + weight);
    }
  }
}
