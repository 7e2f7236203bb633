package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DemandTest {
  private final Demand demand = new Demand();

  @Test
  void addsUpWithoutOverflowing() throws Exception {
    demand.add(Long.MAX_VALUE);
    demand.add(Long.MAX_VALUE);

    assertThat(demand.take()).isTrue();
    assertThat(demand.take()).isTrue();
  }

  @Test
  void isUsedUpOneByOne() throws Exception {
    demand.add(1);
    demand.add(1);
    assertThat(demand.take()).isTrue();
    assertThat(demand.take()).isTrue();
    Thread ending = Thread.ofVirtual().start(demand::end);

    assertThat(demand.take()).as("a third one").isFalse();
    ending.join();
  }

  @Test
  void endsAtOnce() throws Exception {
    demand.add(Long.MAX_VALUE);
    demand.end();

    assertThat(demand.take()).isFalse();
  }
}
