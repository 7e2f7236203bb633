package dev.runnel.image.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.image.jvm.KeptRuntimes.Making;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRuntimesTest {
  private static final Making MAKE =
      folder -> Files.writeString(Files.createDirectory(folder.resolve("layers")).resolve("x"), "");

  @TempDir private Path cache = Path.of("");

  private Path make(String name) throws Exception {
    return new KeptRuntimes(cache).folder(Digest.of(name.getBytes(UTF_8)), MAKE);
  }

  private static void lastUsed(Path folder, Duration ago) throws Exception {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(ago)));
  }

  private List<Path> all() throws Exception {
    try (Stream<Path> all = Files.list(cache)) {
      return all.toList();
    }
  }

  @Test
  void oneThatIsThereIsNotMadeAgain() throws Exception {
    Path made = make("a");
    Digest same = Digest.of("a".getBytes(UTF_8));

    Path found =
        new KeptRuntimes(cache)
            .folder(
                same,
                _ -> {
                  throw new AssertionError("made again");
                });

    assertThat(found).isEqualTo(made).isDirectoryContaining("glob:**/x");
  }

  @Test
  void aNewOneTakesThePlaceOfThoseThatNobodyUses() throws Exception {
    Path unused = make("unused");
    Path used = make("used");
    lastUsed(unused, Duration.ofHours(2));
    lastUsed(used, Duration.ofMinutes(30));
    Path abandoned = Files.createDirectory(cache.resolve(".jvm-123"));
    lastUsed(abandoned, Duration.ofHours(2));
    Path notOurs = Files.createDirectory(cache.resolve("apps"));
    lastUsed(notOurs, Duration.ofDays(9));

    Path made = make("new");

    assertThat(all()).containsExactlyInAnyOrder(made, used, notOurs);
  }

  @Test
  void usingOneIsNoted() throws Exception {
    Path used = make("used");
    lastUsed(used, Duration.ofDays(1));
    make("used");

    Path made = make("new");

    assertThat(all()).containsExactlyInAnyOrder(used, made);
  }

  @Test
  void whatFailsLeavesNothing() {
    Making fails =
        _ -> {
          throw new ImageException("no");
        };
    assertThatThrownBy(() -> new KeptRuntimes(cache).folder(Digest.of("a".getBytes(UTF_8)), fails))
        .isInstanceOf(ImageException.class);
    assertThat(cache).isEmptyDirectory();
  }
}
