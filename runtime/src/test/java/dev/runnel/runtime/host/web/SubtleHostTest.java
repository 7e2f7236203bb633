package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.web.crypto.SubtleHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubtleHostTest {
  private static final JsValue NOTHING = JsValue.of(new byte[0]);

  private final FakeBackground background = new FakeBackground();
  private final List<String> heard = new ArrayList<>();
  private final HostCalls subtle =
      new HostCalls(new SubtleHost(background, () -> heard.add("key")).module());

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private JsValue secret(String hex) {
    return subtle.call("importSecret", JsValue.of(hex(hex)));
  }

  private JsValue importKey(String family, String format, byte[] data) {
    return subtle.call("importKey", JsValue.of(family), JsValue.of(format), JsValue.of(data));
  }

  private byte[] exportKey(JsValue key, String format) {
    return HostCalls.array(subtle.call("exportKey", key, JsValue.of(format)));
  }

  @Test
  void smallDataIsHashedAtOnceAndLargeDataElsewhere() throws Exception {
    JsValue algorithm = JsValue.of("SHA-256");

    JsValue small = subtle.call("digest", algorithm, JsValue.of(new byte[1000]));
    JsValue large = subtle.call("digest", algorithm, JsValue.of(new byte[1 << 20]));

    assertThat(HostCalls.array(small)).hasSize(32);
    assertThat(HexFormat.of().formatHex(HostCalls.array(background.result(large))))
        .isEqualTo("30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58");
  }

  @Test
  void dataThatWouldWaitTooLongIsHashedAtOnce() {
    JsValue algorithm = JsValue.of("SHA-256");
    JsValue data = JsValue.of(new byte[16 << 20]);
    for (int i = 0; i < 4; i++) {
      subtle.call("digest", algorithm, data);
    }

    JsValue fifth = subtle.call("digest", algorithm, data);

    assertThat(background.started()).isEqualTo(4);
    assertThat(HostCalls.array(fifth)).hasSize(32);
  }

  @Test
  void saltsThatWouldWaitAreLimited() {
    JsValue salt = JsValue.of(new byte[40 << 20]);
    JsValue one = JsValue.of(1);
    JsValue hash = JsValue.of("SHA-256");
    JsValue password = secret("00");
    subtle.call("pbkdf2", hash, password, salt, one, one);

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> subtle.call("pbkdf2", hash, password, salt, one, one))
        .withMessageContaining("on 41943040 bytes are under way");
  }

  @Test
  void workThatIsQueuedWhenTheIsolateEndsIsNotDone() {
    JsValue id = subtle.call("generateRsa", JsValue.of(1024), HostCalls.bytes(1, 0, 1));
    background.end();

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> background.result(id))
        .withMessage("The isolate has ended.");
  }

  @Test
  void whoMakesAKeyIsHeard() {
    secret("00");

    assertThat(heard).containsExactly("key");
  }

  /** The last block before the wrap, then the first one: what two runs give. */
  @Test
  void aShortCounterWrapsWithoutTouchingTheNonce() {
    JsValue key = secret("2b7e151628aed2a6abf7158809cf4f3c");
    JsValue last = JsValue.of(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdffff"));
    JsValue first = JsValue.of(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"));
    JsValue block = JsValue.of(new byte[16]);
    JsValue bits = JsValue.of(16);

    byte[] both = HostCalls.array(subtle.call("ctr", key, JsValue.of(new byte[32]), last, bits));

    byte[] before = HostCalls.array(subtle.call("ctr", key, block, last, bits));
    byte[] after = HostCalls.array(subtle.call("ctr", key, block, first, bits));
    assertThat(Arrays.copyOf(both, 16)).isEqualTo(before);
    assertThat(Arrays.copyOfRange(both, 16, 32)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "P-521"})
  void aCompressedPointIsTheSameKey(String curve) {
    JsValue key = subtle.call("generateKey", JsValue.of(curve));
    byte[] raw = exportKey(key, "raw");
    int size = (raw.length - 1) / 2;
    byte[] compressed = Arrays.copyOf(raw, 1 + size);
    compressed[0] = (byte) (2 + (raw[raw.length - 1] & 1));

    JsValue again = importKey(curve, "raw", compressed);

    assertThat(exportKey(again, "raw")).isEqualTo(raw);
  }

  @Test
  void aPointBesideTheCurveIsNoKey() {
    byte[] raw = exportKey(subtle.call("generateKey", JsValue.of("P-256")), "raw");
    raw[64] ^= 1;

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> importKey("P-256", "raw", raw))
        .withMessage("The key data is not a key on the curve P-256.");
  }

  @Test
  void anRsaKeyWhoseNumbersDoNotFitIsRefused() throws Exception {
    JsValue id = subtle.call("generateRsa", JsValue.of(1024), HostCalls.bytes(1, 0, 1));
    JsValue key = background.result(id);
    String jwk = ((JsValue.Str) subtle.call("exportJwk", key)).value();
    String forged = jwk.replaceFirst("\"dp\":\"[^\"]{4}", "\"dp\":\"AAAA");

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(() -> subtle.call("importJwk", JsValue.of("RSA"), JsValue.of(forged)))
        .withMessage("The numbers of the RSA key do not fit together.");
  }

  /** Whatever the bytes, it is a key or a DataError. */
  @ParameterizedTest
  @ValueSource(strings = {"P-256", "Ed25519", "X448", "ML-DSA-44", "ML-KEM-512"})
  void brokenEncodingsAreRefusedWithoutHarm(String family) {
    JsValue key = subtle.call("generateKey", JsValue.of(family));
    var random = new Random(42);
    for (String format : List.of("spki", "pkcs8")) {
      byte[] whole = exportKey(key, format);
      for (int i = 0; i < 300; i++) {
        byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
        if (broken.length > 0) {
          broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
        }
        acceptOrDataError(family, format, broken);
      }
    }
  }

  private void acceptOrDataError(String family, String format, byte[] data) {
    try {
      importKey(family, format, data);
    } catch (HostError refused) {
      assertThat(refused.code()).isIn("DataError", "NotSupportedError");
    }
  }

  @Test
  void aKeyThatWasFreedIsGone() {
    JsValue key = secret("00");
    subtle.call("free", key);

    assertThatExceptionOfType(HostError.class).isThrownBy(() -> subtle.call("exportSecret", key));
  }

  @Test
  void aPublicKeyDoesNotSign() {
    JsValue pair = subtle.call("generateKey", JsValue.of("Ed25519"));
    JsValue publicKey = subtle.call("publicKey", pair);

    assertThatExceptionOfType(HostError.class)
        .isThrownBy(
            () ->
                subtle.call(
                    "sign",
                    JsValue.of("Ed25519"),
                    JsValue.of(""),
                    publicKey,
                    NOTHING,
                    JsValue.of(0)))
        .withMessage("The key is not of the kind that this needs.");
  }
}
