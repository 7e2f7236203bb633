package dev.runnel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The examples in headless Chromium, looked at before and after the late content has come. The
 * screenshots are in {@code conformance/target/screenshots}.
 */
@EnabledIf(
    value = "chromiumIsInstalled",
    disabledReason = "There is no chromium on the PATH: apt-get install chromium")
class BrowserTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final Path SCREENSHOTS = Project.CONFORMANCE.resolve("target/screenshots");

  static boolean chromiumIsInstalled() {
    return chromium().isPresent();
  }

  private static Optional<Path> chromium() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @BeforeAll
  static void makeFolder() throws IOException {
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @Test
  void aStreamedPageShowsItsShellAndThenItsContent() throws Exception {
    try (Served page = Served.start(Project.EXAMPLES.resolve("react-ssr-stream"), NETWORK)) {
      assertThat(visit(page, "reveal.mjs"))
          .containsExactly(
              "before: heading true, loading true, comments false, footer true",
              "after: heading true, loading false, comments true, footer true",
              "complaints: none");
      assertThat(SCREENSHOTS.resolve("reveal-before.png")).isNotEmptyFile();
      assertThat(SCREENSHOTS.resolve("reveal-after.png")).isNotEmptyFile();
    }
  }

  @Test
  void aStreamedPageIsHydratedAndItsButtonCounts() throws Exception {
    Complaints complaints = new Complaints();
    WorkerOptions options = Project.OPTIONS.withObserver(complaints);
    try (Served page = Served.start(Project.EXAMPLES.resolve("react-hydrate"), NETWORK, options)) {
      assertThat(visit(page, "hydrate.mjs"))
          .containsExactly(
              "before: loading true, list false",
              "Clicked 0 times",
              "revealed: loading false, list true",
              "Clicked 3 times",
              "complaints: none");
      assertThat(complaints.text()).isEmpty();
    }
  }

  /** Runs a script that drives the browser, and returns what it saw. */
  private static List<String> visit(Served page, String script) throws Exception {
    Process browser =
        new ProcessBuilder(
                "node",
                Project.CONFORMANCE.resolve("browser").resolve(script).toString(),
                chromium().orElseThrow().toString(),
                page.url("/"),
                SCREENSHOTS.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String seen = new String(browser.getInputStream().readAllBytes(), UTF_8);
    assertThat(browser.waitFor()).as(seen).isZero();
    return seen.lines().toList();
  }
}
