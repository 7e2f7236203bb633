package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How heaps are kept and cloned, by engines that can. */
public abstract class SnapshotContract extends ContractFixture {
  private static final String PROGRAM =
      "import { register, mailbox } from 'host:isolate'; import * as host from 'host:test';"
          + "let count = 0; register('next', () => ++count);"
          + "register('see', (...a) => host.see(...a));"
          + "register('size', () => mailbox().byteLength);"
          + "register('random', () => Math.random());"
          + "register('import', (name) => { import(name).then((m) => host.see(m.default)) });"
          + "register('stack', () => new Error('x').stack);";

  @BeforeEach
  void needsSnapshots() {
    assumeTrue(engine().capabilities().contains(Engine.Capability.SNAPSHOT));
  }

  private Isolate program() {
    loader.with("main", PROGRAM).with("late", "export default import.meta.url");
    Isolate isolate = open();
    runModule(isolate, "main");
    return isolate;
  }

  private Isolate clone(Snapshot snapshot) {
    return open(options().from(snapshot));
  }

  @Test
  void clonesGoOnWhereTheHeapWasKept() {
    Isolate original = program();
    original.call("next");
    Snapshot snapshot = original.snapshot();
    original.call("next");

    Isolate first = clone(snapshot);
    Isolate second = clone(snapshot);

    assertThat(first.call("next")).isEqualTo(JsValue.of(2));
    assertThat(first.call("next")).isEqualTo(JsValue.of(3));
    assertThat(second.call("next")).isEqualTo(JsValue.of(2));
    assertThat(original.call("next")).isEqualTo(JsValue.of(3));
  }

  @Test
  void clonesReachTheirOwnHostFunctions() {
    Isolate clone = clone(program().snapshot());

    clone.call("see", JsValue.of("from the clone"));

    assertThat(seen).containsExactly(JsValue.of("from the clone"));
  }

  @Test
  void clonesCanLoadFurtherModulesAndHostModules() {
    Snapshot snapshot = program().snapshot();
    HostModule more = HostModule.named("more").function("six", _ -> JsValue.of(6));
    loader.with("more", "import { six } from 'host:more'; export default six()");
    Isolate clone = open(new IsolateOptions(loader, List.of(host, more)).from(snapshot));

    clone.call("import", JsValue.of("late"));
    clone.call("import", JsValue.of("more"));
    runJobs(clone);

    assertThat(seen).containsExactlyInAnyOrder(JsValue.of("test:late"), JsValue.of(6));
  }

  @Test
  void clonesShareNoRandomNumbers() {
    Snapshot snapshot = program().snapshot();
    Set<Double> numbers = new TreeSet<>();
    for (int i = 0; i < 5; i++) {
      numbers.add(((JsValue.Num) clone(snapshot).call("random")).value());
    }
    assertThat(numbers).hasSize(5);
  }

  @Test
  void clonesKeepTheirLimits() {
    Snapshot snapshot = program().snapshot();
    Isolate clone = open(options().withLimits(Limits.DEFAULT.withMemory(16L << 20)).from(snapshot));
    Isolate interrupted = clone(snapshot);

    interrupted.interrupt(new Interruption("test", "Stopped."));

    assertThatExceptionOfType(IsolateException.OutOfMemory.class)
        .isThrownBy(() -> clone.evaluateScript("a.js", "const a = []; for (;;) a.push({})"));
    assertThatExceptionOfType(IsolateException.TimedOut.class)
        .isThrownBy(() -> interrupted.evaluateScript("a.js", "for (;;);"));
  }

  @Test
  void doesNotFitIntoLessMemoryThanItTakes() {
    Isolate original = program();
    original.evaluateScript("a.js", "var kept = new Uint8Array(8 << 20); 0");
    Snapshot snapshot = original.snapshot();

    assertThatExceptionOfType(IsolateException.OutOfMemory.class)
        .isThrownBy(
            () -> open(options().withLimits(Limits.DEFAULT.withMemory(4L << 20)).from(snapshot)));
  }

  @Test
  void needsTheHostFunctionsThatItsHeapRefersTo() {
    Snapshot snapshot = program().snapshot();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> open(new IsolateOptions(loader, List.of()).from(snapshot)))
        .withMessageContaining("host:test/");
  }

  @Test
  void survivesBeingWrittenAndRead() throws BadSnapshotException {
    Isolate original = program();
    original.call("next");

    Snapshot read = engine().snapshot(original.snapshot().toBytes());

    assertThat(clone(read).call("next")).isEqualTo(JsValue.of(2));
    assertThat(clone(read).call("size")).isEqualTo(original.call("size"));
  }

  @Test
  void clonesOfClonesWork() {
    Isolate first = clone(program().snapshot());
    first.call("next");

    assertThat(clone(first.snapshot()).call("next")).isEqualTo(JsValue.of(2));
  }

  @Test
  void isRefusedWhileJobsArePending() {
    Isolate isolate = program();
    isolate.evaluateScript("a.js", "Promise.resolve().then(() => 1); 0");

    assertThatIllegalStateException().isThrownBy(isolate::snapshot);

    runJobs(isolate);
    assertThat(isolate.snapshot()).isNotNull();
  }

  @Test
  void isRefusedWhileAnAsyncContextIsCurrent() {
    loader.with(
        "frames",
        "import { register, setContextFrame } from 'host:isolate';"
            + "register('frame', (f) => setContextFrame(f))");
    Isolate isolate = program();
    runModule(isolate, "frames");
    isolate.call("frame", JsValue.of(1));

    assertThatIllegalStateException().isThrownBy(isolate::snapshot);
  }

  @Test
  void keepsNothingOfFreedMemory() {
    Isolate isolate = program();
    String secret = "correct horse battery staple";
    isolate.call("see", JsValue.of(secret));
    isolate.evaluateScript("a.js", "let s = '" + secret + "'.split('').reverse().join(''); s = 0");
    isolate.collectGarbage();

    byte[] bytes = isolate.snapshot().toBytes();

    assertThat(indexOf(bytes, new StringBuilder(secret).reverse().toString())).isNegative();
  }

  @Test
  void isRefusedWhenItIsDamagedAnywhere() throws BadSnapshotException {
    byte[] bytes = program().snapshot().toBytes();
    Random random = new Random(1);
    List<Integer> accepted = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      byte[] damaged = bytes.clone();
      int at = round < 100 ? round * 4 : random.nextInt(bytes.length);
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      if (isAccepted(damaged)) {
        accepted.add(at);
      }
    }
    assertThat(accepted).isEmpty();
    assertThat(isAccepted(Arrays.copyOf(bytes, bytes.length / 2))).isFalse();
    assertThat(isAccepted(Arrays.copyOf(bytes, bytes.length + 8))).isFalse();
    assertThat(isAccepted(new byte[0])).isFalse();
    assertThat(isAccepted(bytes)).isTrue();
  }

  private boolean isAccepted(byte[] bytes) {
    try {
      engine().snapshot(bytes);
      return true;
    } catch (BadSnapshotException e) {
      assertThat(e).hasMessageStartingWith("The snapshot ");
      return false;
    }
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
