package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotFolderTest {

  @Test
  void itIsInTheUsersCacheFolder() {
    assertThat(SnapshotFolder.in(Map.of("HOME", "/home/a")))
        .contains(Path.of("/home/a/.cache/runnel/snapshots"));
    assertThat(SnapshotFolder.in(Map.of("HOME", "/home/a", "XDG_CACHE_HOME", "/c")))
        .contains(Path.of("/c/runnel/snapshots"));
  }

  @Test
  void itCanBeNamedOrSwitchedOff() {
    assertThat(SnapshotFolder.in(Map.of("HOME", "/home/a", "RUNNEL_SNAPSHOTS", "/s")))
        .contains(Path.of("/s"));
    assertThat(SnapshotFolder.in(Map.of("HOME", "/home/a", "RUNNEL_SNAPSHOTS", "off"))).isEmpty();
  }

  @Test
  void whoHasNoHomeHasNone() {
    assertThat(SnapshotFolder.in(Map.of())).isEmpty();
  }
}
