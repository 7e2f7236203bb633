package dev.runnel.quickjs.intrinsic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.Intrinsic;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import run.endive.runtime.TrapException;
import run.endive.wasm.types.MemoryLimits;

class RegExpStartTest {
  private static final int CODE = 0;
  private static final int CAPTURES = 1000;
  private static final int TEXT = 2000;
  private static final int PAGE = 65_536;

  /** One group, then the loop over all positions and the match's start. */
  private static final String ANYWHERE = "0000 01 00 00000000 0e06000000 06 0df5ffffff 1300";

  private static final String END = "1400 10";
  private static final String CLASS_B_TO_D = "240100 62006400";

  private final FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));

  private void put(int address, byte[] bytes) {
    memory.write(address, bytes, 0, bytes.length);
  }

  private void pattern(String hex) {
    put(CODE, HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private long match(String text, int index) {
    put(TEXT, text.getBytes(ISO_8859_1));
    return RegExpStart.match(CAPTURES, CODE, TEXT, index, text.length(), 0, memory);
  }

  private long matchWide(String text) {
    put(TEXT, text.getBytes(UTF_16LE));
    return RegExpStart.match(CAPTURES, CODE, TEXT, 0, text.length(), 1, memory);
  }

  @Test
  void findsTheFirstCharacterOfAClass() {
    pattern(ANYWHERE + CLASS_B_TO_D + END);

    assertThat(match("xxbc", 0)).isEqualTo(1);
    assertThat(memory.readInt(CAPTURES)).isEqualTo(TEXT + 2);
    assertThat(memory.readInt(CAPTURES + 4)).isEqualTo(TEXT + 3);
  }

  @Test
  void clearsTheCapturesWhereNothingMatches() {
    pattern(ANYWHERE + CLASS_B_TO_D + END);
    match("b", 0);

    assertThat(match("xyz", 0)).isZero();
    assertThat(memory.readLong(CAPTURES)).isZero();
    assertThat(match("bxyz", 1)).isZero();
    assertThat(match("", 0)).isZero();
  }

  @Test
  void countsPositionsOfWideTextInCharacters() {
    pattern(ANYWHERE + CLASS_B_TO_D + END);

    assertThat(matchWide("\u0416\u0462c")).isEqualTo(1);
    assertThat(memory.readInt(CAPTURES)).isEqualTo(TEXT + 4);
    assertThat(memory.readInt(CAPTURES + 4)).isEqualTo(TEXT + 6);
    assertThat(matchWide("\u0416\u6200")).isZero();
  }

  @Test
  void takesAnAnchoredPatternForAMatchAtTheStartOnly() {
    pattern(ANYWHERE + "09" + CLASS_B_TO_D + END);

    assertThat(match("xb", 0)).isZero();
    assertThat(match("bb", 1)).isZero();
    assertThat(match("bb", 0)).isEqualTo(Intrinsic.DECLINED);
  }

  @Test
  void declinesWhatItOnlyKnowsTheStartOf() {
    pattern(ANYWHERE + CLASS_B_TO_D + CLASS_B_TO_D + END);

    assertThat(match("xb", 0)).isEqualTo(Intrinsic.DECLINED);
    assertThat(match("xy", 0)).isZero();
  }

  @Test
  void declinesPatternsThatMayBeEmptyOrAreSticky() {
    pattern(ANYWHERE + END);
    assertThat(match("x", 0)).isEqualTo(Intrinsic.DECLINED);

    pattern("0000 01 00 00000000 1300" + CLASS_B_TO_D + END);
    assertThat(match("x", 0)).isEqualTo(Intrinsic.DECLINED);
  }

  @Test
  void declinesCodeThatJumpsInCircles() {
    pattern(ANYWHERE + "0dfbffffff");
    assertThat(match("x", 0)).isEqualTo(Intrinsic.DECLINED);

    pattern(ANYWHERE + "0efbffffff");
    assertThat(match("x", 0)).isEqualTo(Intrinsic.DECLINED);
  }

  @Test
  void trapsOutsideOfTheMemory() {
    pattern(ANYWHERE + CLASS_B_TO_D + END);
    put(TEXT, "c".getBytes(ISO_8859_1));

    assertTraps(CAPTURES, PAGE - 4, TEXT, 0, 1);
    assertTraps(CAPTURES, -1, TEXT, 0, 1);
    assertTraps(CAPTURES, CODE, PAGE, 0, 1);
    assertTraps(CAPTURES, CODE, TEXT, 0x7fff_ffff - 1, 0x7fff_ffff);
    assertTraps(CAPTURES, CODE, TEXT, Integer.MIN_VALUE, 1);
    assertTraps(PAGE - 4, CODE, TEXT, 0, 1);
    assertTraps(-8, CODE, TEXT, 0, 1);
  }

  private void assertTraps(int captures, int code, int text, int index, int length) {
    assertThatThrownBy(() -> RegExpStart.match(captures, code, text, index, length, 0, memory))
        .isInstanceOf(TrapException.class);
  }

  @Test
  void endsWhenTheGuestIsInterrupted() {
    pattern(ANYWHERE + CLASS_B_TO_D + END);
    memory.interrupt();

    assertThatThrownBy(() -> match("x".repeat(100), 0))
        .isInstanceOf(GuestInterruptedException.class);
  }
}
