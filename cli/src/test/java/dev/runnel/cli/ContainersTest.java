package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.image.jvm.IntlData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainersTest {
  @Test
  void optionsAreThoseOfTheLauncher() throws Exception {
    String launcher = Files.readString(Path.of("../scripts/java.sh"));

    assertThat(Containers.OPTIONS).allSatisfy(option -> assertThat(launcher).contains(option));
  }

  @Test
  void aContainersVariablesAreItsProgramsAndOptionsCome() {
    assertThat(
            ContainerMain.arguments(
                new String[] {"/app", "x"},
                Map.of("PATH", "/bin", "WHO", "me", "RUNNEL_OPTIONS", " --memory=64m  -p 1:2")))
        .containsExactly(
            "--listen=0.0.0.0:8080", "--env=WHO=me", "--memory=64m", "-p", "1:2", "/app", "x");
  }

  @Test
  void imagesHaveNeitherToolsNorTheEngineThatIsNoSandbox() {
    assertThat(Containers.command(IntlData.ALL).contents().classPath())
        .isNotEmpty()
        .noneMatch(
            entry -> entry.toString().matches(".*(runnel-portable|engine-v8|javet|linux-x64).*"));
  }
}
