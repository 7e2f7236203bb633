package dev.runnel.image.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScaffoldTest {
  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @EnumSource
  void itsPackageIsCalledLikeItsFolder(Scaffold scaffold) throws Exception {
    Path folder = temp.resolve("My Shop");

    scaffold.writeTo(folder);

    assertThat(folder.resolve("package.json")).content().contains("\"name\": \"my-shop\"");
    assertThat(folder.resolve(".gitignore")).isRegularFile();
    assertThat(folder.resolve("README.md")).content().startsWith("# my-shop");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsOverwritten(Scaffold scaffold) throws Exception {
    Files.writeString(temp.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> scaffold.writeTo(temp)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(temp.resolve("package.json")).doesNotExist();
  }
}
