package dev.runnel.image.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependenciesTest {
  @TempDir private Path temp = Path.of("");
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void aProgramThatNeedsAFolderBeside() throws Exception {
    Files.createDirectories(temp.resolve("left"));
    Files.writeString(
        temp.resolve("left/package.json"), "{\"name\":\"left\",\"version\":\"1.0.0\"}");
    Files.createDirectories(temp.resolve("app"));
    Files.writeString(
        temp.resolve("app/package.json"),
        "{\"name\":\"app\",\"dependencies\":{\"left\":\"file:../left\"}}");
    Files.writeString(temp.resolve("app/main.js"), "1;");
  }

  private Dependencies dependencies(Optional<Path> npm) throws Exception {
    SourceProgram program = SourceProgram.at(temp.resolve("app"));
    return new Dependencies(new Tool(new PrintWriter(said, true)), npm, program);
  }

  @Test
  void npmInstallsWhatIsMissing() throws Exception {
    Optional<Path> npm = Tool.onPath("npm");
    assumeTrue(npm.isPresent(), "npm is not installed");

    dependencies(npm).install();

    assertThat(temp.resolve("app/node_modules/left/package.json")).isRegularFile();
  }

  @Test
  void withoutNpmWhatIsMissingIsNamed() throws Exception {
    Dependencies dependencies = dependencies(Optional.empty());

    assertThatThrownBy(dependencies::install)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("needs the package left, which is in no node_modules folder");
  }

  @Test
  void npmIsNotAskedWhenAllIsThere() throws Exception {
    Files.createDirectories(temp.resolve("node_modules/left"));
    Files.writeString(temp.resolve("node_modules/left/package.json"), "{}");

    dependencies(Optional.empty()).install();
  }

  @Test
  void whatNpmCannotInstallIsOneSentence() throws Exception {
    assertThatThrownBy(() -> dependencies(Optional.of(Path.of("/bin/false"))).install())
        .hasMessageContaining("npm could not install");
  }
}
