package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final ByteBuffer region = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  private final Mailbox mailbox = new Mailbox(region);
  private final List<String> read = new ArrayList<>();

  MailboxTest() {
    mailbox.clear();
  }

  @Test
  void recordsAreReadInOrderAndTheRegionIsEmptyThen() {
    int end = write(16, 1, 7, 2, new byte[] {1, 2, 3});
    end = write(end, 4, 8, 0, new byte[0]);
    region.putInt(0, end);

    readAll();

    assertThat(read).containsExactly("1 7 2 3", "4 8 0 0");
    assertThat(mailbox.isEmpty()).isTrue();
  }

  @Test
  void flagsAreTakenOnce() {
    region.putInt(4, 3);

    assertThat(mailbox.takeFlags()).isEqualTo(3);
    assertThat(mailbox.takeFlags()).isZero();
  }

  @Test
  void anEndOutsideTheRegionEndsTheIsolate() {
    for (int end : new int[] {15, 257, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      region.putInt(0, end);
      assertThatExceptionOfType(IsolateException.Crashed.class).isThrownBy(this::readAll);
    }
  }

  @Test
  void aLengthBeyondTheEndEndsTheIsolate() {
    for (int length : new int[] {9, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      int end = write(16, 1, 1, 1, new byte[8]);
      region.putInt(0, end);
      region.putInt(28, length);
      assertThatExceptionOfType(IsolateException.Crashed.class).isThrownBy(this::readAll);
    }
  }

  @Test
  void randomBytesEndTheIsolateOrAreReadButNeverBreakOut() {
    var random = new Random(42);
    byte[] noise = new byte[256];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(noise);
      region.put(0, noise);
      if (round % 2 == 0) {
        region.putInt(0, 16 + random.nextInt(240));
        region.putInt(28, random.nextInt(64));
      }
      try {
        mailbox.readAll((_, _, _, payload) -> assertThat(payload.remaining()).isBetween(0, 256));
      } catch (IsolateException.Crashed e) {
        assertThat(e).hasMessageStartingWith("The mailbox is damaged");
      }
    }
  }

  private int write(int position, int type, int id, int aux, byte[] payload) {
    region.putInt(position, type).putInt(position + 4, id).putInt(position + 8, aux);
    region.putInt(position + 12, payload.length).put(position + 16, payload);
    return position + 16 + ((payload.length + 7) & ~7);
  }

  private void readAll() {
    mailbox.readAll(
        (type, id, aux, payload) ->
            read.add(type + " " + id + " " + aux + " " + payload.remaining()));
  }
}
