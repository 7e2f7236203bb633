package dev.runnel.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import run.endive.runtime.TrapException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.MemoryLimits;

class FlatMemoryTest {
  private static final int PAGE = 65536;

  @Test
  void addsBaseAndOffsetWithoutWrapping() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));

    assertThatThrownBy(() -> FlatAccess.memoryReadInt(-8, 16, memory))
        .isInstanceOf(TrapException.class)
        .hasMessage("out of bounds memory access");
    assertThatThrownBy(() -> FlatAccess.memoryWriteByte(-1, (byte) 1, 1, memory))
        .isInstanceOf(TrapException.class);
    assertThatThrownBy(() -> FlatAccess.memoryReadLong(8, Integer.MAX_VALUE - 1, memory))
        .isInstanceOf(TrapException.class);
  }

  @Test
  void readsAndWritesUpToTheLastByteAndNotBeyond() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));

    FlatAccess.memoryWriteLong(PAGE - 16, 0x1122334455667788L, 8, memory);

    assertThat(FlatAccess.memoryReadByte(PAGE - 1, memory)).isEqualTo((byte) 0x11);
    assertThatThrownBy(() -> FlatAccess.memoryReadShort(PAGE - 1, memory))
        .isInstanceOf(TrapException.class);
    assertThatThrownBy(() -> FlatAccess.memoryWriteInt(PAGE - 4, 1, 1, memory))
        .isInstanceOf(TrapException.class);
  }

  @Test
  void keepsTheBitsOfNaNsThatPassThrough() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));
    memory.writeI32(0, 0x7fa00001);

    assertThat(memory.readF32(0)).isEqualTo(0x7fa00001);
  }

  @Test
  void refusesToGrowOverItsLimitOnOverflowAndOverTheBudget() {
    assertThat(new FlatMemory(new MemoryLimits(1, 3)).grow(3)).isEqualTo(-1);
    assertThat(new FlatMemory(new MemoryLimits(1, 65536)).grow(-1)).isEqualTo(-1);
    assertThat(new FlatMemory(new MemoryLimits(1, 65536), 2 * PAGE).grow(2)).isEqualTo(-1);
    FlatMemory poor =
        new FlatMemory(new MemoryLimits(1, 65536), Long.MAX_VALUE, new Fixed(3 * PAGE));
    assertThat(poor.grow(2)).isEqualTo(-1);
    assertThat(poor.pages()).isEqualTo(1);
  }

  @Test
  void refusesToGrowWhenTheHeapIsFull() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 65536));
    int allOfTwoGigabytes = 32766;

    int answer = memory.grow(allOfTwoGigabytes);

    boolean heapHasIt = Runtime.getRuntime().maxMemory() > 3L << 30;
    assertThat(answer).isEqualTo(heapHasIt ? 1 : -1);
  }

  @Test
  void growsWithItsContentAndZeroesBehindIt() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 3));
    memory.writeI32(PAGE - 4, 42);

    assertThat(memory.grow(2)).isEqualTo(1);

    assertThat(memory.pages()).isEqualTo(3);
    assertThat(memory.readInt(PAGE - 4)).isEqualTo(42);
    assertThat(memory.readInt(3 * PAGE - 4)).isZero();
  }

  @Test
  void countsGrowthCopiesAgainstTheBudgetAndGivesThemBack() {
    Fixed budget = new Fixed(3 * PAGE);
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 2), Long.MAX_VALUE, budget);

    assertThat(memory.grow(1)).isEqualTo(1);

    assertThat(budget.left.get()).isEqualTo(PAGE);
    memory.close();
    assertThat(budget.left.get()).isEqualTo(3 * PAGE);
    assertThatThrownBy(() -> memory.read(0)).isInstanceOf(TrapException.class);
  }

  @Test
  void saysWhyItCannotStart() {
    assertThatThrownBy(() -> new FlatMemory(new MemoryLimits(4, 8), 2 * PAGE))
        .isInstanceOf(UninstantiableException.class)
        .hasMessage("The module starts with 4 pages of memory; the limit is 2.");
  }

  @Test
  void restoresASnapshotOfAnotherSize() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 2));
    memory.grow(1);
    memory.writeI32(PAGE + 8, 7);
    byte[] snapshot = memory.snapshot();
    FlatMemory other = new FlatMemory(new MemoryLimits(1, 2));

    other.restore(snapshot);

    assertThat(other.pages()).isEqualTo(2);
    assertThat(other.readInt(PAGE + 8)).isEqualTo(7);
    assertThatThrownBy(() -> other.restore(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> other.restore(new byte[3 * PAGE]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesPagesBackAndGrowsAgain() {
    Fixed budget = new Fixed(4 * PAGE);
    FlatMemory memory = new FlatMemory(new MemoryLimits(2, 2), Long.MAX_VALUE, budget);
    memory.writeI32(8, 7);
    memory.writeI32(PAGE + 8, 7);

    memory.shrink(1);

    assertThat(memory.pages()).isEqualTo(1);
    assertThat(budget.left.get()).isEqualTo(3 * PAGE);
    assertThat(memory.grow(1)).isEqualTo(1);
    assertThat(memory.readInt(8)).isEqualTo(7);
    assertThat(memory.readInt(PAGE + 8)).isZero();
  }

  @Test
  void treatsBulkAddressesAndCountsAsUnsigned() {
    FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));

    FlatAccess.memoryFill(PAGE, (byte) 1, 0, memory);
    FlatAccess.memoryCopy(0, PAGE, 0, memory);
    assertThatThrownBy(() -> FlatAccess.memoryFill(PAGE + 1, (byte) 1, 0, memory))
        .isInstanceOf(TrapException.class);
    assertThatThrownBy(() -> FlatAccess.memoryFill(8, (byte) 1, -8, memory))
        .isInstanceOf(TrapException.class);
    assertThatThrownBy(() -> FlatAccess.memoryCopy(-1, 0, 1, memory))
        .isInstanceOf(TrapException.class);
  }

  /** A budget of a fixed number of bytes. */
  private static final class Fixed implements MemoryBudget {
    final AtomicLong left;

    Fixed(long bytes) {
      left = new AtomicLong(bytes);
    }

    @Override
    public boolean reserve(long bytes) {
      if (left.get() < bytes) {
        return false;
      }
      left.addAndGet(-bytes);
      return true;
    }

    @Override
    public void release(long bytes) {
      left.addAndGet(bytes);
    }
  }
}
