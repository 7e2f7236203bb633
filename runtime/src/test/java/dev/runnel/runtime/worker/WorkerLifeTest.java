package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.Limits;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.TurnLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program from its first line to its end, without a network. */
@Timeout(120)
class WorkerLifeTest {
  @TempDir Path folder;
  private final List<String> uncaught = new CopyOnWriteArrayList<>();
  private WorkerOptions options =
      WorkerOptions.DEFAULT.withObserver(
          new WorkerObserver() {
            @Override
            public void uncaught(ProgramError error) {
              uncaught.add(error.text());
            }

            @Override
            public void isolateLost(String limit, String sentence) {
              uncaught.add(limit + ": " + sentence);
            }
          });

  @Test
  void aScriptThatHasNothingLeftToDoExitsWithZero() throws Exception {
    assertThat(exitCode("globalThis.x = 1; export {};")).isZero();
  }

  @Test
  void timersAndTopLevelAwaitKeepAScriptAlive() throws Exception {
    assertThat(
            exitCode(
                """
                await new Promise((done) => setTimeout(done, 5));
                setImmediate(() => { throw new Error("seen"); });
                export {};
                """))
        .isEqualTo(1);
    assertThat(uncaught).singleElement().asString().startsWith("Error: seen");
  }

  @Test
  void whoLoadsAProgramFindsThePortsAskedForThatItListensOnAtOnce() throws Exception {
    var asked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    options =
        options.withNetwork(
            (address, handler, opened) -> {
              asked.countDown();
              awaitQuietly(goOn);
              Network.NONE.listen(address, handler, opened);
            });
    var loaded = new CompletableFuture<Worker>();
    Thread.startVirtualThread(
        () -> {
          try {
            loaded.complete(load("require('http').createServer().listen(1);"));
          } catch (Exception e) {
            loaded.completeExceptionally(e);
          }
        });

    asked.await();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> loaded.get(100, TimeUnit.MILLISECONDS));

    goOn.countDown();
    loaded.get().close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAwaitThatNothingCanSettleExitsWith13() throws Exception {
    assertThat(exitCode("await new Promise(() => {}); export {};")).isEqualTo(13);
  }

  @Test
  void aThrowAtStartNamesTheAuthorsLine() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("\nconst x = null;\nx.y;\nexport {};"))
        .withMessageStartingWith("TypeError: ")
        .withMessageContaining("main.js:3:");
  }

  @Test
  void textThatIsNoJavaScriptIsASyntaxErrorWithItsLine() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("export {};\nthis is no program"))
        .withMessageStartingWith("SyntaxError: ")
        .withMessageContaining("main.js:2:");
  }

  @Test
  void aMissingImportIsNamedWithItsReferrer() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("import './nowhere.js';"))
        .withMessageContaining("Cannot find module './nowhere.js' imported from")
        .withMessageEndingWith("main.js:1:8");
  }

  @Test
  void anImportThatItsModuleDoesNotHaveIsNamedWithItsPlace() throws Exception {
    Files.writeString(folder.resolve("other.js"), "export const there = 1;");

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("import\n  { there, missing as m } from './other.js';"))
        .withMessageStartingWith("SyntaxError: ")
        .withMessageContaining("'missing'")
        .withMessageEndingWith("main.js:2:12");
  }

  @Test
  void aMissingImportFurtherDownIsNamedWithItsOwnFile() throws Exception {
    Files.writeString(folder.resolve("other.js"), "\nimport './nowhere.js';");

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("import './other.js';"))
        .withMessageEndingWith("other.js:2:8");
  }

  @Test
  void aDefaultExportWhoseFetchIsNoFunctionIsRefused() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("export default { fetch: 'soon' };"))
        .withMessageContaining("main.js needs a function called fetch.")
        .withMessageContaining("Received type string ('soon')");
  }

  @Test
  void aDefaultExportThatIsTheClassOfAWorkerIsRefused() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("export default class Shop { fetch() {} }"))
        .withMessageContaining(
            "main.js is the class Shop: export an object of it, or extend WorkerEntrypoint.");
  }

  @Test
  void aDefaultExportThatIsNoWorkerMakesAScript() throws Exception {
    assertThat(exitCode("export default 5;")).isZero();
  }

  @Test
  void theFirstLineOfACommonJsFileKeepsItsColumns() {
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("undefined.x;\nmodule.exports = 1;"))
        .withMessageContaining("main.js:1:1");
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("@;\nmodule.exports = 1;"))
        .withMessageContaining("main.js:1:1");
  }

  @Test
  void codeMadeAtRunTimeImportsNothingRelatively() throws Exception {
    Files.writeString(folder.resolve("there.js"), "export const x = 1;");

    assertThat(
            exitCode(
                """
                const { url } = import.meta;
                for (const make of [eval, (text) => new Function(`return ${text}`)()]) {
                  const refusal = await make("import('./there.js')").catch((error) => error.message);
                  if (!refusal.includes("code that was made at run time")) throw new Error(refusal);
                  const there = new URL("there.js", url).href;
                  if ((await make(`import("${there}")`)).x !== 1) throw new Error("absolute");
                }
                """))
        .isZero();
  }

  @Test
  void aMissingFileIsOneSentence() {
    Path missing = folder.resolve("none.js");
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> Worker.load(missing, options))
        .withMessage("There is no file %s.", missing);
  }

  @Test
  void aLoopAtStartEndsAtItsProcessorTime() {
    options =
        options.withTurnLimits(
            new TurnLimits(Optional.of(Duration.ofMillis(200)), Optional.empty()));

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("for (;;) {} export {};"))
        .withMessageContaining("more processor time than its limit of 200 ms");
  }

  @Test
  void aNativeLoopEndsAtItsProcessorTimeToo() {
    options =
        options.withTurnLimits(
            new TurnLimits(Optional.of(Duration.ofMillis(200)), Optional.empty()));

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load("Array.prototype.reverse.call({ length: 2 ** 53 - 1 }); export {};"))
        .withMessageContaining("more processor time than its limit of 200 ms");
  }

  @Test
  void allocatingForEverEndsAtTheMemoryLimit() {
    options = options.withLimits(Limits.DEFAULT.withMemory(16L << 20));

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(
            () -> load("const kept = []; for (;;) kept.push(new Uint8Array(65536)); export {};"))
        .withMessageContaining("more memory than its limit");
  }

  @Test
  void recursionForEverIsARangeErrorThatCanBeCaught() throws Exception {
    assertThat(
            exitCode(
                """
                function down() { return down() + 1; }
                try { down(); } catch (error) { if (!(error instanceof RangeError)) throw error; }
                export {};
                """))
        .isZero();
  }

  @Test
  void aRejectionThatNobodyHandlesEndsAScriptWithOne() throws Exception {
    assertThat(exitCode("setTimeout(() => Promise.reject(new Error('unhandled')), 1); export {};"))
        .isEqualTo(1);
    assertThat(uncaught).singleElement().asString().startsWith("Error: unhandled");
  }

  @Test
  void microtasksRunBeforeTheNextTimer() throws Exception {
    assertThat(
            exitCode(
                """
                const order = [];
                setTimeout(() => { order.push(1); Promise.resolve().then(() => order.push(2)); }, 1);
                setTimeout(() => order.push(3), 1);
                setTimeout(() => { if (order.join() !== "1,2,3") throw new Error(order.join()); }, 5);
                export {};
                """))
        .isZero();
  }

  @Test
  void aScriptThatCrossesALimitIsNotStartedAgain() throws Exception {
    options =
        options.withTurnLimits(
            new TurnLimits(Optional.of(Duration.ofMillis(200)), Optional.empty()));

    assertThat(exitCode("setTimeout(() => { for (;;); }, 1); export {};")).isEqualTo(1);
    assertThat(uncaught).singleElement().asString().startsWith("cpu-time: ");
  }

  @Test
  void aServerThatCannotBeStartedAgainEndsAfterFiveTries() throws Exception {
    options =
        options
            .withDirectories(List.of(new DirectoryGrant("/data", folder)))
            .withTurnLimits(new TurnLimits(Optional.of(Duration.ofMillis(200)), Optional.empty()));
    String program =
        """
        import { existsSync, writeFileSync } from "node:fs";
        if (existsSync("/data/ran")) throw new Error("once is enough");
        writeFileSync("/data/ran", "");
        export default { fetch() { for (;;); } };
        """;
    try (var worker = load(program);
        var response = worker.fetch(WorkerRequest.get("http://localhost/"))) {
      assertThat(response.status()).isEqualTo(503);

      assertThat(worker.exit().toCompletableFuture().get()).isEqualTo(1);
      assertThat(uncaught).hasSize(6).element(0).asString().startsWith("cpu-time: ");
      assertThat(uncaught).element(5).asString().startsWith("Error: once is enough");
      try (var late = worker.fetch(WorkerRequest.get("http://localhost/"))) {
        assertThat(late.status()).isEqualTo(503);
      }
    }
  }

  @Test
  void closingWaitsForWhatWaitUntilWasGiven() throws Exception {
    var out = new ByteArrayOutputStream();
    options = options.withOutput(new WorkerOptions.Output(out, out));

    fetchAndClose(
        """
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil(new Promise((done) => setTimeout(done, 20)).then(() => console.log("done")));
            ctx.waitUntil(Promise.reject(new Error("reported")));
            return new Response("");
          },
        };
        """);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
    assertThat(uncaught).singleElement().asString().startsWith("Error: reported");
  }

  @Test
  void closingWaitsNoLongerThanTold() throws Exception {
    options = options.withBackground(Duration.ofMillis(20));

    fetchAndClose(
        """
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil(new Promise(() => {}));
            return new Response("");
          },
        };
        """);
  }

  private void fetchAndClose(String program) throws Exception {
    try (var worker = load(program);
        var response = worker.fetch(WorkerRequest.get("http://localhost/"))) {
      assertThat(response.body().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aProgramMayNotBlockItsThreadUnlessTold() throws Exception {
    String program = "import * as os from 'os'; os.sleep(1);";

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load(program))
        .withMessageContaining("sleep blocks");
    options = options.withSleep(WorkerOptions.Sleep.ALLOWED);
    assertThat(exitCode(program)).isZero();
  }

  @Test
  void aProgramReadsTheInputThatItIsGiven() throws Exception {
    String program =
        """
        export {};
        let text = "";
        for await (const chunk of process.stdin) text += chunk;
        if (text !== "given") throw new Error(`read "${text}"`);
        """;
    options = options.withInput(new ByteArrayInputStream("given".getBytes(StandardCharsets.UTF_8)));
    assertThat(exitCode(program)).isZero();

    options = options.withInput(WorkerOptions.DEFAULT.input());
    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> load(program))
        .withMessageContaining("read \"\"");
  }

  @Test
  void aProgramThatNobodyTrustsSeesFullMillisecondsOfEveryClock() throws Exception {
    String readsClocks =
        """
        import process from "node:process";
        let fine = 0;
        for (let i = 0; i < 1000; i++) {
          const { user, system } = process.cpuUsage();
          const times = [performance.now(), process.uptime() * 1000, Number(process.hrtime.bigint() / 1000n) / 1000];
          const all = [...times, (user + system) / 1000];
          if (all.some((time) => Math.abs(time - Math.round(time)) > 0.0001)) fine++;
        }
        process.exit(fine === 0 ? 0 : 1);
        """;
    assertThat(exitCode(readsClocks)).isZero();

    options = options.withTrust(Trust.FULL);
    assertThat(exitCode(readsClocks)).isEqualTo(1);
  }

  private int exitCode(String source) throws Exception {
    try (var worker = load(source)) {
      return worker.exit().toCompletableFuture().get();
    }
  }

  private Worker load(String source) throws IOException, WorkerException, InterruptedException {
    return Worker.load(Files.writeString(folder.resolve("main.js"), source), options);
  }
}
