package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final int SIZE = 512;

  private final ByteBuffer region = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private final Mailbox mailbox = new Mailbox(region);

  @Test
  void startsEmptyWhenCleared() {
    mailbox.clear();

    assertThat(mailbox.isEmpty()).isTrue();
    assertThat(mailbox.takeFlags()).isZero();
  }

  @Test
  void handsOverFlagsOnce() {
    mailbox.clear();
    region.putInt(4, 5);

    assertThat(mailbox.takeFlags()).isEqualTo(5);
    assertThat(mailbox.takeFlags()).isZero();
  }

  @Test
  void neverReadsOutsideOfItsRegionWhateverTheGuestWrote() {
    Random random = new Random(20260101);
    int readable = 0;
    for (int round = 0; round < 20_000; round++) {
      fill(random);
      readable += isRead() ? 1 : 0;
    }
    assertThat(readable).isBetween(1, 19_999);
  }

  /** Half of the rounds are all noise, the others start with a plausible end and length. */
  private void fill(Random random) {
    random.nextBytes(region.array());
    if (random.nextBoolean()) {
      region.putInt(0, 16 + 8 * random.nextInt(SIZE / 8));
      region.putInt(16 + 12, random.nextInt(64) - 8);
    }
  }

  private boolean isRead() {
    try {
      mailbox.readAll((_, _, _, payload) -> assertThat(payload.remaining()).isLessThan(SIZE));
      return true;
    } catch (IsolateException.Crashed damaged) {
      assertThat(damaged).hasMessageStartingWith("The mailbox is damaged: ");
      return false;
    }
  }
}
