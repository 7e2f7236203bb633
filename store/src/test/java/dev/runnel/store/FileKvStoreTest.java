package dev.runnel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.runtime.kv.KvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKvStoreTest extends KvStoreContract {
  @TempDir Path folder;

  @Override
  KvStore open() throws IOException {
    return FileKvStore.open(file(), LIMIT, clock);
  }

  private Path file() {
    return folder.resolve("sub").resolve("store.db");
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileThatIsOpenOrNoStoreIsRefused() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::open)
        .withMessageContaining("in use");
    Path other = Files.write(folder.resolve("other"), new byte[20_000]);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FileKvStore.open(other, LIMIT))
        .withMessageContaining("can't be opened");
  }

  @Test
  void whatIsOverwrittenGivesItsRoomBack() throws Exception {
    for (int i = 0; i < 60; i++) {
      put("k", "x".repeat(1 << 20));
    }
    closeStore();

    assertThat(Files.size(file())).isLessThan(64L << 20);
  }
}
