package dev.runnel.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program stays in the folders that it was granted, whatever it says. */
class ConfinementTest {
  @TempDir private Path outside = Path.of("");
  private Path granted = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    granted = Files.createDirectories(outside.resolve("granted"));
    Files.createDirectories(granted.resolve("sub"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.writeString(granted.resolve("own"), "own");
    Files.createSymbolicLink(granted.resolve("out-by-link"), Path.of("../secret"));
    Files.createSymbolicLink(granted.resolve("out-by-root"), outside.resolve("secret"));
    Files.createSymbolicLink(granted.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(granted.resolve("in-by-link"), Path.of("sub/../own"));
    Files.createSymbolicLink(granted.resolve("circle"), Path.of("circle"));
  }

  private Calls calls() {
    return new Calls().in(granted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "sub/../../secret",
        "./.././secret",
        "sub/../../granted/own",
        "/etc/passwd",
        "/work/own",
        "/proc/self/environ",
        "out-by-link",
        "out-by-root",
        "up/secret",
        "up/granted/own",
        "sub/../up/secret"
      })
  void noPathLeadsOut(String path) throws Exception {
    for (String letter : new String[] {"o", "w", "t", "h"}) {
      Calls calls = calls();

      assertThat(calls.errno(letter, path, "changed")).as(letter).isEqualTo(Errno.PERM);
      assertThat(calls.out()).isEmpty();
    }
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../new", "up/new", "sub/../../new"})
  void nothingIsMadeOutside(String path) throws Exception {
    assertThat(calls().errno("m", path)).isEqualTo(Errno.PERM);
    assertThat(calls().errno("x", path, "text")).isEqualTo(Errno.PERM);
    assertThat(calls().errno("s", "own", path)).isEqualTo(Errno.PERM);
    assertThat(calls().errno("l", "own", path)).isEqualTo(Errno.PERM);
    assertThat(calls().errno("r", "own", path)).isEqualTo(Errno.PERM);

    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(granted.resolve("own")).hasContent("own");
  }

  @Test
  void nothingOutsideIsRemovedRenamedOrLinked() throws Exception {
    assertThat(calls().errno("u", "../secret")).isEqualTo(Errno.PERM);
    assertThat(calls().errno("d", "up/granted/sub")).isEqualTo(Errno.PERM);
    assertThat(calls().errno("r", "up/secret", "mine")).isEqualTo(Errno.PERM);
    assertThat(calls().errno("l", "up/secret", "mine")).isEqualTo(Errno.PERM);
    assertThat(calls().errno("l", "../secret", "mine")).isEqualTo(Errno.PERM);

    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(granted.resolve("mine")).doesNotExist();
  }

  @Test
  void aHardLinkToALinkIsTheLinkItself() throws Exception {
    assertThat(calls().errno("l", "out-by-link", "another")).isEqualTo(Errno.SUCCESS);

    assertThat(granted.resolve("another")).isSymbolicLink();
    assertThat(calls().errno("o", "another")).isEqualTo(Errno.PERM);
  }

  @Test
  void linksWithinTheGrantAreFollowedAndOthersCanOnlyBeRead() throws Exception {
    Calls calls = calls();

    assertThat(calls.errno("o", "in-by-link")).isEqualTo(Errno.SUCCESS);
    assertThat(calls.out()).isEqualTo("own");
    assertThat(calls().errno("o", "circle")).isEqualTo(Errno.LOOP);
    assertThat(calls().errno("s", "/etc/passwd", "absolute")).isEqualTo(Errno.PERM);
    Calls reading = calls();
    assertThat(reading.errno("k", "out-by-link")).isEqualTo(Errno.SUCCESS);
    assertThat(reading.out()).isEqualTo("../secret");
  }

  @Test
  void timesAreSetWithinTheGrant() throws Exception {
    assertThat(calls().errno("h", "in-by-link")).isEqualTo(Errno.SUCCESS);

    assertThat(Files.getLastModifiedTime(granted.resolve("own")))
        .isEqualTo(FileTime.fromMillis(1_000));
  }

  @Test
  void aNulLongNamesAndLongPathsAreRefused() throws Exception {
    assertThat(calls().errno("z", "own")).isEqualTo(Errno.ILSEQ);
    assertThat(calls().errno("o", "n".repeat(256))).isEqualTo(Errno.NAMETOOLONG);
    assertThat(calls().errno("o", "ü".repeat(128))).isEqualTo(Errno.NAMETOOLONG);
    assertThat(calls().errno("o", "./".repeat(3_000) + "own")).isEqualTo(Errno.NAMETOOLONG);
    assertThat(calls().errno("o", "")).isEqualTo(Errno.NOENT);
  }

  @Test
  void namesAreTheFileSystemsOwn() throws Exception {
    assertThat(calls().errno("o", "OWN")).isEqualTo(Errno.NOENT);
    assertThat(calls().errno("o", "own.")).isEqualTo(Errno.NOENT);
    assertThat(calls().errno("o", "own%00")).isEqualTo(Errno.NOENT);
    assertThat(calls().errno("o", "sub\\..\\own")).isEqualTo(Errno.NOENT);
    assertThat(calls().errno("o", "..%2fsecret")).isEqualTo(Errno.NOENT);
  }

  @Test
  void aFifoIsNoFile() throws Exception {
    Path fifo = granted.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    assertThat(calls().errno("o", "fifo")).isEqualTo(Errno.ACCES);
    assertThat(calls().errno("w", "fifo", "x")).isEqualTo(Errno.ACCES);
  }

  /** Somebody swaps a folder for a link that leads out, over and over, while a program looks. */
  @Test
  void aLinkThatIsSwappedInWinsNothing() throws Exception {
    Path elsewhere = Files.createDirectories(outside.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("file"), "secret");
    Path turned = granted.resolve("turned");
    Files.createDirectories(granted.resolve("spare"));
    Files.writeString(granted.resolve("spare/file"), "own");
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(turned, elsewhere, over::get));
    try {
      for (int i = 0; i < 150; i++) {
        Calls reading = calls();
        Errno errno = reading.errno("o", "turned/file");
        assertThat(errno)
            .isIn(Errno.SUCCESS, Errno.NOENT, Errno.NOTDIR, Errno.PERM, Errno.LOOP, Errno.INVAL);
        assertThat(reading.out()).isIn("", "own");
        calls().errno("m", "turned/made");
        calls().errno("x", "turned/written", "text");
        calls().errno("s", "own", "turned/link");
        calls().errno("l", "own", "turned/hard");
        calls().errno("l", "turned/file", "stolen");
        calls().errno("u", "turned/file");
      }
    } finally {
      over.set(true);
      swapper.join();
    }

    assertThat(elsewhere).isDirectoryContaining(each -> each.endsWith("file"));
    try (var files = Files.list(elsewhere)) {
      assertThat(files).hasSize(1);
    }
    assertThat(granted.resolve("stolen"))
        .satisfiesAnyOf(
            each -> assertThat(each).doesNotExist(), each -> assertThat(each).hasContent("own"));
  }

  private void swap(Path turned, Path elsewhere, Supplier<Boolean> isOver) {
    try {
      while (!isOver.get()) {
        Files.move(granted.resolve("spare"), turned);
        Files.move(turned, granted.resolve("spare"));
        Files.createSymbolicLink(turned, elsewhere);
        Files.delete(turned);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
