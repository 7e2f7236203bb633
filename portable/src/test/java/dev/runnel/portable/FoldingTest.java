package dev.runnel.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import run.endive.wasi.WasiOptions;

class FoldingTest {
  private static final long MEMORY = 256L << 20;

  /** Folding itself fails when a list's links don't fit each other. */
  @Test
  void whatAStartFillsInIsWhatWasLeftOut() {
    byte[] file = Portable.runnelWasm();
    MachineState first = MachineState.of(file);
    try (PortableMachine machine = new PortableMachine(WasiOptions.builder().build(), MEMORY)) {
      machine.restore(first);
      byte[] memory = machine.read(0, first.memory().length);
      assertThat(memory).isNotEqualTo(first.memory());

      Folding.fold(memory, first.globals().get(first.globals().size() - 2).intValue());

      MachineState again = new MachineState(memory, first.globals());
      assertThat(again.writeInto(file, Set.of("_start", "memory"), Portable.MOST_PAGES))
          .isEqualTo(file);
    }
  }

  @Test
  void aMemoryThatIsTooLargeForItsBitsHasPiecesInstead() {
    byte[] large = new byte[8 << 20];
    large[100_000] = 1;
    large[large.length - 1] = 1;

    assertThat(PackedMemory.of(large)).isEmpty();
  }
}
