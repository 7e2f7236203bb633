package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands on a store and with a cache of their own, whose process lives a day from now. esbuild,
 * which reads the clock past the C library, does not; that it looks at no clock is seen by files
 * that are a day older.
 */
record Tomorrow(Path cache, Path store) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  static void require() {
    assumeTrue(DockerRegistry.isOnPath("faketime"), "faketime is not installed");
  }

  Outcome runnel(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--store", store.toString()));
    all.addFirst(Main.class.getName());
    return java(all.toArray(String[]::new));
  }

  /** That the clock is faked is part of what is tested. */
  void check() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Outcome said = java(Today.class.getName());
    assertThat(LocalDate.parse(said.out().strip())).as(said.err()).isAfter(today);
  }

  private Outcome java(String... arguments) throws Exception {
    List<String> wrapper =
        List.of(
            "env",
            "XDG_CACHE_HOME=" + cache,
            // The age of files is what it is.
            "NO_FAKE_STAT=1",
            "faketime",
            "--exclude-monotonic",
            "-m",
            "-f",
            "+1d");
    try (ChildJvm child = ChildJvm.by(wrapper, arguments)) {
      return child.outcome(PATIENCE);
    }
  }

  /** Prints the date. */
  static final class Today {
    private Today() {}

    public static void main(String[] args) {
      System.out.println(LocalDate.now(ZoneOffset.UTC));
    }
  }
}
