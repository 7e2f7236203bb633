package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a registry as others run it. */
class RegistryCommandsTest {
  @TempDir private Path temp = Path.of("");

  @BeforeEach
  void aRegistryIsThere() {
    assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
  }

  private Outcome runnel(String... args) {
    return new RunnelCommands(temp.resolve("images")).run(args);
  }

  private String packed(String name) throws Exception {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("main.js"), "console.log(1);\n");
    Outcome packed = runnel("pack", app.toString(), "-t", name);
    assertThat(packed.exitCode()).as(packed.err()).isZero();
    return packed.out();
  }

  private void assertThereAndBack(String digest, String name, String... options) {
    String[] push = concat(new String[] {"push", "shop", name}, options);
    String[] pull = concat(new String[] {"pull", name}, options);
    assertThat(runnel(push)).isEqualTo(new Outcome(0, digest, ""));
    assertThat(runnel("rm", "shop").exitCode()).isZero();
    assertThat(runnel(pull)).isEqualTo(new Outcome(0, digest, ""));
    assertThat(runnel("images").out()).contains(name);
    assertThat(runnel("inspect", "--sbom", name).out()).contains("CycloneDX");
  }

  private static String[] concat(String[] first, String[] second) {
    return java.util.stream.Stream.of(first, second)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void anImageGoesThereAndComesBack() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start(temp.resolve("registry"))) {
      String digest = packed("shop");
      assertThereAndBack(digest, registry.host() + "/team/shop:1");
      assertThat(runnel("pull", registry.host() + "/team/shop@" + digest.strip()).out())
          .isEqualTo(digest);
      assertThat(runnel("pull", registry.host() + "/nobody/nothing").err())
          .contains("The registry has no image");
    }
  }

  @Test
  void packMayPushAtOnce() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start(temp.resolve("registry"))) {
      String name = registry.host() + "/shop:1";
      packed("shop");
      String app = temp.resolve("app").toString();
      String digest = runnel("pack", app, "-t", name, "--push").out();
      assertThat(runnel("rm", name).exitCode()).isZero();
      assertThat(runnel("pull", name)).isEqualTo(new Outcome(0, digest, ""));
    }
  }

  @Test
  void aPasswordIsAskedFor() throws Exception {
    try (DockerRegistry registry = DockerRegistry.withPasswords(temp.resolve("registry"))) {
      String name = registry.host() + "/shop:1";
      String digest = packed("shop");
      Path password = Files.writeString(temp.resolve("password"), "correct horse\n");
      Path wrong = Files.writeString(temp.resolve("wrong"), "wrong\n");

      assertThat(runnel("push", "shop", name).err()).contains("wants a user and a password");
      assertThat(
              runnel("push", "shop", name, "--username", "ada", "--password-file", wrong.toString())
                  .err())
          .contains("refuses to let us use shop (401)");
      assertThereAndBack(digest, name, "--username", "ada", "--password-file", password.toString());
    }
  }

  @Test
  void aCertificateIsTrustedWhenItIsNamed() throws Exception {
    try (DockerRegistry registry = DockerRegistry.withTls(temp.resolve("registry"))) {
      String name = registry.host() + "/shop:1";
      String digest = packed("shop");
      Path other = temp.resolve("other");
      DockerRegistry.withTls(other).close();

      assertThat(runnel("push", "shop", name, "--ca", other.resolve("ca.pem").toString()).err())
          .contains("is not trusted");
      assertThereAndBack(
          digest, name, "--ca", temp.resolve("registry").resolve("ca.pem").toString());
    }
  }

  @Test
  void aNameWithoutARegistryIsOneSentence() throws Exception {
    packed("shop");

    assertThat(runnel("push", "shop"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "runnel: shop:latest names no registry; write it like"
                    + " registry.example/shop:latest.\n"));
  }
}
