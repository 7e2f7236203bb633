package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each way in which a program can be bad ends in a sentence, its place, and an exit code. */
class BadProgramTest {

  private static Outcome run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(Arrays.asList(arguments));
    try (ChildJvm child = ChildJvm.runnel(all.toArray(String[]::new))) {
      return child.outcome();
    }
  }

  private static String program(String name) {
    return "src/test/resources/programs/" + name;
  }

  @Test
  void oneThatIsNotJavaScript() throws Exception {
    Outcome outcome = run(program("not-javascript.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("SyntaxError: ").contains("not-javascript.js:2:11");
  }

  @Test
  void oneThatThrowsAtStart() throws Exception {
    Outcome outcome = run(program("throws.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("Uncaught TypeError: ").contains("throws.js:3:");
  }

  @Test
  void oneThatImportsAFileThatIsNotThere() throws Exception {
    Outcome outcome = run(program("imports-missing-file.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("nowhere.js", "imports-missing-file.js:2:8");
    assertThat(outcome.out()).as("nothing runs before all imports are found").isEmpty();
  }

  @Test
  void oneThatImportsAPackageThatIsNotThere() throws Exception {
    Outcome outcome = run(program("imports-missing-package.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("confetti", "imports-missing-package.js:1:22");
  }

  @Test
  void oneThatNeverEnds() throws Exception {
    Outcome outcome = run("--cpu-time", "300ms", program("never-ends.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("300").containsIgnoringCase("time");
  }

  @Test
  void oneThatNeverEndsInATimer() throws Exception {
    Outcome outcome = run("--cpu-time", "300ms", program("never-ends-later.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("300").containsIgnoringCase("time");
  }

  @Test
  void oneThatRecursesForEver() throws Exception {
    Outcome outcome = run(program("recurses.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("Uncaught RangeError: ").contains("recurses.js:2:");
  }

  @Test
  void oneThatAllocatesForEver() throws Exception {
    Outcome outcome = run("--memory", "32m", program("allocates.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).containsIgnoringCase("memory");
  }

  @Test
  void oneThatRejectsWithoutAHandler() throws Exception {
    Outcome outcome = run(program("rejects.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("Uncaught RangeError: out of reach")
        .contains("rejects.js:2:");
  }

  @Test
  void oneThatGivesTheHostACircle() throws Exception {
    Outcome outcome = run(program("circular.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("Uncaught TypeError: ").contains("circular.js:3:");
  }

  @Test
  void oneThatGivesTheHostAGigabyte() throws Exception {
    Outcome outcome = run(program("huge-string.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).containsIgnoringCase("memory");
  }

  @Test
  void aWorkerWhoseFetchIsNoFunction() throws Exception {
    Outcome outcome = run(program("wrong-worker.js"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("wrong-worker.js needs a function called fetch. Received type number (3)");
  }

  @Test
  void oneThatListensOnATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = run(program("listens.js"), Integer.toString(taken.getLocalPort()));

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err())
          .contains(
              "Error: listen EADDRINUSE: address already in use 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aWorkerWhosePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = run("--listen", "127.0.0.1:" + taken.getLocalPort(), program("worker.js"));

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).contains("EADDRINUSE: address already in use");
    }
  }
}
