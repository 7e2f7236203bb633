package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
  private static final String PROGRAMS = "src/test/resources/programs/";

  @TempDir private Path folder;

  @Test
  void aScriptGetsItsArgumentsAndTheEnvironmentItIsGivenAndGivesItsExitCode() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel(
            "run", "--env", "COLOUR=green", PROGRAMS + "ends-with-code.js", "--memory", "x y")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.out()).isEqualTo("[\"--memory\",\"x y\"] green undefined\n");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isEqualTo(7);
    }
  }

  @Test
  void aWorkerSaysWhereItIsServed() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "--listen", "127.0.0.1:0", PROGRAMS + "worker.js")) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));

      assertThat(get(address)).isEqualTo("fine");
    }
  }

  @Test
  void aWorkerIsGivenValuesAndAnotherWorker() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hush\n");
    try (ChildJvm child =
        ChildJvm.runnel(
            "run",
            "--listen",
            "127.0.0.1:0",
            "--json",
            "SETTINGS={\"a\":[1]}",
            "--secret",
            "SECRET=@" + secret,
            "--service",
            "BACK=" + PROGRAMS + "worker.js",
            PROGRAMS + "bound.js")) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));

      assertThat(get(address)).isEqualTo("{\"a\":[1]} hush fine");
    }
  }

  @Test
  void typeScriptAndJsxRunAsTheyAreAndErrorsNameTheirLines() throws Exception {
    Files.writeString(folder.resolve("package.json"), "{ \"type\": \"module\" }");
    Files.writeString(
        folder.resolve("shout.ts"),
        """
        export interface Shouted {
          text: string;
        }
        export function shout({ text }: Shouted): string {
          if (text === "") throw new RangeError("nothing to shout");
          return text.toUpperCase();
        }
        """);
    Path main =
        Files.writeString(
            folder.resolve("main.tsx"),
            """
            import { shout, type Shouted } from "./shout.js";
            const quiet: Shouted = { text: "hello" };
            console.log(shout(quiet) satisfies string);
            shout({ text: "" });
            """);
    try (ChildJvm child = ChildJvm.runnel("run", main.toString())) {
      Outcome outcome = child.outcome();

      assertThat(outcome.out()).isEqualTo("HELLO\n");
      assertThat(outcome.err())
          .contains("RangeError: nothing to shout")
          .contains("shout.ts:5:")
          .contains("main.tsx:4:");
    }
  }

  @Test
  void aServiceThatIsNoWorkerIsOneSentence() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel(
            "run", "--service", "B=" + PROGRAMS + "ends-with-code.js", PROGRAMS + "worker.js")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).contains("runnel: The service B can't be bound").contains("fetch");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void limitsThatAreSetHold() throws Exception {
    String limits = "sockets=1,unpacked=1000,codec-memory=1k,rewriter-token=10,wasm-functions=1";
    try (ChildJvm child = ChildJvm.runnel("run", "--limits", limits, PROGRAMS + "limited.mjs")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err()).isEmpty();
      // The rest of that line depends on the machine.
      assertThat(outcome.out().replaceAll(": the limit is 1024, .*", ""))
          .isEqualTo(
              """
              sockets: TypeError: More than 1 WebSockets are open at once.
              unpacked: RangeError: 35 compressed bytes became 2000: the limit is 1000 bytes, and 250 for one beyond 67108864.
              codec-memory: Error: Compressed streams hold 0 bytes and one needs more
              rewriter-token: TypeError: A tag or comment is longer than the limit of 10 bytes.
              wasm-functions: CompileError: WebAssembly.Module(): The module has 2 functions; the limit is 1.
              """);
    }
  }

  @Test
  void limitsOfWebAssemblyNeedAnEngineThatHasThem() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel(
            "run", "--engine", "v8", "--limits", "wasm-module=1m", PROGRAMS + "limited.mjs")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.err())
          .isEqualTo(
              "runnel: The engine \"v8\" does not limit WebAssembly, so its limits can't be set.\n");
      assertThat(outcome.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void aNodeServersPortCanBeMapped() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "-p", "0:8001", PROGRAMS + "listens.js", "8001")) {
      String line = child.errLineWith("Port 8001 of the program is at ");

      assertThat(get(URI.create(line.substring(line.indexOf("http"))))).isEqualTo("hello");
    }
  }

  @Test
  void filesAreAnsweredBeforeTheProgramIsAsked() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "a file");
    try (ChildJvm child =
        ChildJvm.runnel(
            "run",
            "--listen",
            "127.0.0.1:0",
            "--compress",
            "--assets",
            folder.toString(),
            PROGRAMS + "worker.js")) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));

      assertThat(get(address.resolve("/a.txt"))).isEqualTo("a file");
      assertThat(get(address.resolve("/b.txt"))).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalEndsAProgramThatDoesNotHandleIt(String signal, int exitCode) throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", PROGRAMS + "waits.js")) {
      child.outLineWith("ready");

      child.signal(signal);

      assertThat(child.outcome().exitCode()).isEqualTo(exitCode);
    }
  }

  @Test
  void aSignalEndsAWorkerAfterItsRequests() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "--listen", "127.0.0.1:0", PROGRAMS + "worker.js")) {
      child.errLineWith("Listening on ");

      child.signal("TERM");

      assertThat(child.outcome().exitCode()).isZero();
    }
  }

  @Test
  void aSignalGoesToTheProgramsHandler() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", PROGRAMS + "handles-sigterm.js")) {
      child.outLineWith("ready");

      child.signal("TERM");

      Outcome outcome = child.outcome();
      assertThat(outcome.out()).endsWith("so long\n");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  private static String get(URI address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }
}
