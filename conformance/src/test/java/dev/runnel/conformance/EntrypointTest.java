package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.server.JettyNetwork;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EntrypointTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @Test
  void aWorkerMayBeAClassThatIsMadeForEachRequest() throws Exception {
    try (Served program =
        Served.start(
            Project.PROGRAMS.resolve("entrypoint.mjs"),
            NETWORK,
            Project.OPTIONS.withEnvironment(Map.of("NAME", "value")))) {
      for (String path : new String[] {"/first", "/second"}) {
        assertThat(program.get(path))
            .endsWith(
                "\r\n\r\nfunction\nvalue\n1\n%s\nRunnel has no Durable Objects.".formatted(path));
      }
    }
  }
}
