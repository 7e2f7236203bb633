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

class DevTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void aProgramIsReadAgainWhenItsFilesChange() throws Exception {
    Path part = folder.resolve("part.mjs");
    Files.writeString(part, "export const text = 'first';");
    Path program =
        Files.writeString(
            folder.resolve("main.mjs"),
            """
            import { text } from "./part.mjs";
            export default { fetch: () => new Response(text) };
            """);
    try (ChildJvm child = ChildJvm.runnel("dev", "--listen", "127.0.0.1:0", program.toString())) {
      URI address = URI.create(child.errLineWith("Listening on ").replace("Listening on ", ""));
      assertThat(answer(address)).isEqualTo("first");

      Files.writeString(folder.resolve("notes.txt"), "no program");
      Files.writeString(part, "export const text = ");
      child.errLineWith("goes on as it was, because it can't be reloaded");
      assertThat(answer(address)).isEqualTo("first");

      Files.writeString(part, "export const text = 'second';");
      child.errLineWith("The program was reloaded.");
      assertThat(answer(address)).isEqualTo("second");
    }
  }

  private String answer(URI address) throws Exception {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }
}
