package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the async context frame travels across promise jobs. */
public abstract class AsyncContextContract extends ContractFixture {
  private static final String SETUP =
      "import { contextFrame as get, setContextFrame as set } from 'host:isolate';"
          + "import { see } from 'host:test';"
          + "globalThis.frame = get; globalThis.log = (what) => see(what + ' ' + get());"
          + "globalThis.run = (frame, f) => {"
          + "  const before = get(); set(frame); try { return f() } finally { set(before) } };";

  private String log(String script) {
    loader.with("setup", SETUP);
    Isolate isolate = open();
    runModule(isolate, "setup");
    isolate.evaluateScript("a.js", script);
    runJobs(isolate);
    return String.join(", ", seen.stream().map(ContractFixture::text).toList());
  }

  @Test
  void isUndefinedAtFirst() {
    assertThat(log("log('start')")).isEqualTo("start undefined");
  }

  @Test
  void isRestoredAfterAwait() {
    assertThat(
            log(
                "const f = async (n) => { log(n); await 0; log(n); await 0; log(n) };"
                    + "run('A', () => f('a')); run('B', () => f('b')); log('end')"))
        .isEqualTo("a A, b B, end undefined, a A, b B, a A, b B");
  }

  @Test
  void followsThenCatchAndFinally() {
    assertThat(
            log(
                "run(1, () => Promise.resolve().then(() => { log('then'); throw 0 })"
                    + ".catch(() => log('catch')).finally(() => log('finally')))"))
        .isEqualTo("then 1, catch 1, finally 1");
  }

  @Test
  void isThatOfTheRegistrationNotOfTheResolution() {
    assertThat(
            log(
                "let r; const p = new Promise((f) => { r = f });"
                    + "run(1, () => p.then(() => log('a'))); run(2, () => p.then(() => log('b')));"
                    + "run(3, () => r())"))
        .isEqualTo("a 1, b 2");
  }

  @Test
  void reachesThenables() {
    assertThat(
            log(
                "run(1, () => (async () => {"
                    + " await { then(f) { log('thenable'); f() } }; log('after') })())"))
        .isEqualTo("thenable 1, after 1");
  }

  @Test
  void reachesThenablesThatAHandlerReturns() {
    assertThat(
            log(
                "run(1, () => Promise.resolve().then("
                    + "() => ({ then(f) { log('thenable'); f() } })).then(() => log('after')))"))
        .isEqualTo("thenable 1, after 1");
  }

  @Test
  void reachesMicrotasks() {
    assertThat(log("run(1, () => queueMicrotask(() => log('task'))); queueMicrotask(() => log(0))"))
        .isEqualTo("task 1, 0 undefined");
  }

  @Test
  void reachesGeneratorsAndLoops() {
    assertThat(
            log(
                "run(1, async () => { async function* g() { await 0; log('g'); yield 1 }"
                    + "for await (const _ of g()) log('loop');"
                    + "for await (const _ of [Promise.resolve()]) log('values') })"))
        .isEqualTo("g 1, loop 1, values 1");
  }

  @Test
  void doesNotLeakFromOneJobIntoTheNext() {
    assertThat(
            log(
                "const p = Promise.resolve(); p.then(() => log('before'));"
                    + "run(1, () => p.then(() => log('in'))); p.then(() => log('after'))"))
        .isEqualTo("before undefined, in 1, after undefined");
  }

  @Test
  void reachesCombinators() {
    assertThat(
            log(
                "run(1, async () => {"
                    + " await Promise.all([0, Promise.resolve()]); log('all');"
                    + " await Promise.race([0, 1]); log('race');"
                    + " await Promise.allSettled([Promise.reject(0)]); log('settled');"
                    + " await Promise.any([Promise.reject(0), 1]); log('any') })"))
        .isEqualTo("all 1, race 1, settled 1, any 1");
  }

  @Test
  void canBeAnObject() {
    assertThat(log("run(new Map([[1, 2]]), async () => { await 0; log('map') })"))
        .isEqualTo("map [object Map]");
  }

  @Test
  void holdsForManyInterleavedTasks() {
    assertThat(
            log(
                "let wrong = 0, right = 0, left = 100;"
                    + "const task = async (id) => { for (let i = 0; i < 20; i++) {"
                    + "  await (i % 3 ? null : { then: (f) => queueMicrotask(f) });"
                    + "  frame() === id ? right++ : wrong++ }"
                    + "  if (--left === 0) run(undefined, () => log(right + ' ' + wrong)) };"
                    + "for (let i = 1; i <= 100; i++) run(i, () => task(i))"))
        .isEqualTo("2000 0 undefined");
  }
}
