package dev.runnel.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.image.oci.ImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
  @TempDir private Path temp = Path.of("");

  private Map<String, String> with(String json) throws Exception {
    Files.writeString(temp.resolve("config.json"), json);
    return Map.of("DOCKER_CONFIG", temp.toString());
  }

  @Test
  void theRegistrysOwnAreFound() throws Exception {
    var environment = with("{\"auths\":{\"a.example:5000\":{\"auth\":\"YWRhOnM6ZWNyZXQ=\"}}}");

    assertThat(CredentialFile.find("a.example:5000", environment))
        .contains(new Credentials("ada", "s:ecret"));
    assertThat(CredentialFile.find("a.example", environment)).isEmpty();
    assertThat(CredentialFile.find("a.example", Map.of())).isEmpty();
  }

  @Test
  void whatIsNoneIsOneSentence() throws Exception {
    for (String auth : new String[] {"%%%", "YWRh", ""}) {
      var environment = with("{\"auths\":{\"a\":{\"auth\":\"%s\"}}}".replace("%s", auth));
      assertThatThrownBy(() -> CredentialFile.find("a", environment))
          .isInstanceOf(ImageException.class);
    }
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(new Credentials("ada", "secret").toString()).doesNotContain("secret");
  }
}
