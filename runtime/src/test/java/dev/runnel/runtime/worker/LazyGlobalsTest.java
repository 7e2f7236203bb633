package dev.runnel.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.WorkerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Globals and operations whose code is loaded when a program first uses them. */
@Timeout(120)
class LazyGlobalsTest {
  @TempDir Path folder;

  @Test
  void theyAreThereBeforeTheirFirstUseAndOrdinaryInterfacesAfterIt() throws Exception {
    assertThat(
            answer(
                """
                const names = ["URLPattern", "MessageChannel", "MessagePort", "MessageEvent", "PerformanceMark"];
                const own = Object.getOwnPropertyNames(globalThis);
                const before = names.every((name) => name in globalThis && own.includes(name));
                const after = names.map((name) => {
                  const isConstructor = globalThis[name].name === name && typeof globalThis[name] === "function";
                  const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
                  return isConstructor && writable && !enumerable && configurable;
                });
                const seen = [before, Object.keys(globalThis).includes("URLPattern"), ...after];
                """))
        .isEqualTo("true,false,true,true,true,true,true");
  }

  @Test
  void whatAProgramAssignsStaysThere() throws Exception {
    assertThat(
            answer(
                """
                globalThis.MessagePort = "mine";
                const { port1 } = new MessageChannel();
                const seen = [MessagePort, port1.constructor.name];
                """))
        .isEqualTo("mine,MessagePort");
  }

  @Test
  void aFirstUseAtTheEndOfTheStackDoesNotSpoilTheNext() throws Exception {
    assertThat(
            answer(
                """
                function recurse() {
                  try {
                    recurse();
                  } catch {
                    structuredClone([]);
                  }
                }
                try {
                  recurse();
                } catch {
                  // What counts is the next use.
                }
                const seen = [structuredClone("copied")];
                """))
        .isEqualTo("copied");
  }

  @Test
  void intlAtTheEndOfTheStackDoesNotSpoilTheNextUse() throws Exception {
    assertThat(
            answer(
                """
                const uses = [
                  () => (1234.5).toLocaleString("de-DE"),
                  () => new Date(0).toLocaleDateString("de-DE"),
                  () => "a".localeCompare("b", "de"),
                  () => new Intl.PluralRules("de").select(1),
                ];
                for (const use of uses) {
                  const recurse = () => {
                    try {
                      recurse();
                    } catch {
                      use();
                    }
                  };
                  try {
                    recurse();
                  } catch {
                    // What counts is the next use.
                  }
                }
                const seen = uses.map((use) => use());
                """))
        .isEqualTo("1.234,5,1.1.1970,-1,one");
  }

  /** What the program's {@code seen} is. */
  private String answer(String source) throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("main.js"),
            source + "export default { fetch: () => new Response(seen.join()) };");
    try (var worker = Worker.load(program, WorkerOptions.DEFAULT);
        var response = worker.fetch(WorkerRequest.get("http://localhost/"))) {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
