package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is written runs as it is. */
class NewCommandTest {
  @TempDir private Path temp = Path.of("");

  private Path written(String kind) {
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    Path folder = temp.resolve("demo");
    assertThat(commands.execute("new", kind, folder.toString())).isZero();
    assertThat(out.toString()).contains("README.md says how to go on");
    return folder;
  }

  private static String get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static URI said(String line) {
    return URI.create(line.substring(line.indexOf("http://")));
  }

  @Test
  void aScriptRuns() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "--env", "GREETING=Hi", written("wasi").toString(), "Ada")) {
      assertThat(child.outcome().out()).isEqualTo("Hi, Ada!\nThis came a moment later.\n");
    }
  }

  @Test
  void aWorkerRuns() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "--listen", "127.0.0.1:0", written("worker").toString())) {
      URI uri = said(child.errLineWith("Listening on"));
      assertThat(get(uri)).isEqualTo("Hello, world!\n");
      assertThat(get(uri.resolve("/count"))).isEqualTo("1\n2\n3\n4\n5\n");
    }
  }

  @Test
  void aNodeServerRuns() throws Exception {
    try (ChildJvm child =
        ChildJvm.runnel("run", "-p", "0:8001", written("node-server").toString())) {
      assertThat(get(said(child.errLineWith("Port 8001 of the program is at"))))
          .isEqualTo("Hello from demo!\n");
    }
  }

  @Test
  void whatIsThereAlreadyStays() {
    written("worker");
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setErr(new PrintWriter(err, true));

    assertThat(commands.execute("new", "worker", temp.resolve("demo").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is something in").hasLineCount(1);
  }
}
