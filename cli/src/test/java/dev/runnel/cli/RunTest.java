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
  void aNodeServersPortCanBeMapped() throws Exception {
    try (ChildJvm child = ChildJvm.runnel("run", "-p", "0:8001", PROGRAMS + "listens.js", "8001")) {
      String line = child.errLineWith("Port 8001 of the program is at ");

      assertThat(get(URI.create(line.substring(line.indexOf("http"))))).isEqualTo("hello");
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

      assertThat(child.outcome().exitCode()).isEqualTo(143);
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
