package dev.runnel.runtime.host.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.node.file.GuestFileSystem;
import dev.runnel.runtime.host.node.file.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FsHostTest {
  private static final long MAX_BYTES = 100;
  private static final int MODE = 0644;

  private Path outside;
  private Path granted;
  private final List<Callable<JsValue>> later = new ArrayList<>();
  private HostCalls fs;

  @BeforeEach
  void grantOneFolder(@TempDir Path folder) throws IOException {
    Path real = folder.toRealPath();
    outside = Files.createDirectory(real.resolve("outside"));
    granted = Files.createDirectory(real.resolve("granted"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.writeString(granted.resolve("file"), "content");
    Files.createDirectory(granted.resolve("folder"));
    Files.writeString(granted.resolve("folder/inner"), "inner");
    var tree = new GuestFileSystem(List.of(new Mount(Path.of("/data"), granted)));
    fs = new HostCalls(new FsHost(tree, MAX_BYTES, this::start).module());
  }

  private int start(Callable<JsValue> work) {
    later.add(work);
    return later.size();
  }

  private String read(String path) {
    return new String(HostCalls.bytes(fs.with("readFile", path)), UTF_8);
  }

  private String failure(String function, Object... arguments) {
    return catchThrowableOfType(HostError.class, () -> fs.with(function, arguments)).code();
  }

  private static double number(JsValue value) {
    return ((JsValue.Num) value).value();
  }

  @Test
  void readsBelowTheMount() {
    assertThat(read("/data/file")).isEqualTo("content");
    assertThat(read("/data/folder/../folder/inner")).isEqualTo("inner");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/../outside/secret",
        "/data/folder/../../../outside/secret",
        "/etc/passwd",
        "/proc/self/environ",
        "relative",
        "/data/\0",
        "/database/file",
      })
  void nothingElseIsThere(String path) {
    assertThat(failure("readFile", path)).isEqualTo("ENOENT");
    assertThat(failure("stat", path, true)).isEqualTo("ENOENT");
  }

  @Test
  void aLinkOutOfTheMountIsRefused() throws IOException {
    Files.createSymbolicLink(granted.resolve("absolute"), outside.resolve("secret"));
    Files.createSymbolicLink(granted.resolve("relative"), Path.of("../outside/secret"));
    Files.createSymbolicLink(granted.resolve("tree"), outside);

    assertThat(failure("readFile", "/data/absolute")).isEqualTo("EACCES");
    assertThat(failure("readFile", "/data/relative")).isEqualTo("ENOENT");
    assertThat(failure("readFile", "/data/tree/secret")).isEqualTo("EACCES");
    assertThat(failure("readdir", "/data/tree")).isEqualTo("EACCES");
    assertThat(failure("realpath", "/data/absolute")).isEqualTo("EACCES");
  }

  @Test
  void aLinkOutOfTheMountIsNotWrittenThrough() throws IOException {
    Files.createSymbolicLink(granted.resolve("absolute"), outside.resolve("secret"));
    Files.createSymbolicLink(granted.resolve("new"), outside.resolve("created"));

    assertThat(failure("writeFile", "/data/absolute", "x".getBytes(UTF_8), "w", MODE))
        .isEqualTo("EACCES");
    assertThat(failure("writeFile", "/data/new", "x".getBytes(UTF_8), "w", MODE))
        .isEqualTo("EACCES");
    assertThat(failure("writeFile", "/data/new", "x".getBytes(UTF_8), "wx", MODE))
        .isEqualTo("EEXIST");
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside.resolve("created")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../outside/secret", "folder/../../outside", "/data/../outside"})
  void noLinkIsMadeThatLeadsOut(String target) {
    assertThat(failure("symlink", target, "/data/out")).isEqualTo("EACCES");
    assertThat(granted.resolve("out")).doesNotExist();
  }

  @Test
  void aLinkIsMadeToWhereTheProgramMayGo() throws IOException {
    fs.with("symlink", "/data/folder", "/data/absolute");
    fs.with("symlink", "../file", "/data/folder/up");
    fs.with("link", "/data/file", "/data/folder/second");

    assertThat(read("/data/absolute/inner")).isEqualTo("inner");
    assertThat(read("/data/folder/up")).isEqualTo("content");
    assertThat(granted.resolve("absolute")).isSymbolicLink();
    assertThat(Files.isSameFile(granted.resolve("file"), granted.resolve("folder/second")))
        .isTrue();
    assertThat(failure("symlink", "/data/folder", "/data/file")).isEqualTo("EEXIST");
    assertThat(failure("symlink", "\0", "/data/null")).isEqualTo("ENOENT");
  }

  @Test
  void aHardLinkToALinkOutOfTheMountIsNotItsTarget() throws IOException {
    Files.createSymbolicLink(granted.resolve("out"), outside.resolve("secret"));

    fs.with("link", "/data/out", "/data/second");

    assertThat(granted.resolve("second")).isSymbolicLink();
    assertThat(failure("readFile", "/data/second")).isEqualTo("EACCES");
    assertThat(failure("link", "/etc/passwd", "/data/passwd")).isEqualTo("ENOENT");
  }

  @Test
  void permissionsAreSetOnWhatIsInTheMount() throws IOException {
    Files.createSymbolicLink(granted.resolve("out"), outside.resolve("secret"));
    var before = Files.getPosixFilePermissions(outside.resolve("secret"));

    fs.with("chmod", "/data/file", 0600);

    assertThat(Files.getPosixFilePermissions(granted.resolve("file")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(failure("chmod", "/data/out", 0600)).isEqualTo("EACCES");
    assertThat(Files.getPosixFilePermissions(outside.resolve("secret"))).isEqualTo(before);
  }

  @Test
  void aDescriptorThatIsOpenForReadingIsNotWritten() {
    JsValue fd = fs.with("open", "/data/file", "r", MODE);

    assertThat(failure("write", number(fd), new byte[1], -1)).isEqualTo("EBADF");
    assertThat(failure("ftruncate", number(fd), 1)).isEqualTo("EINVAL");
    JsValue writing = fs.with("open", "/data/new", "w", MODE);
    fs.with("write", number(writing), new byte[1], -1);
    assertThat(failure("read", number(writing), 1, 0)).isEqualTo("EBADF");
  }

  @Test
  void aLinkInsideTheMountIsFollowed() throws IOException {
    Files.createSymbolicLink(granted.resolve("near"), Path.of("folder/inner"));
    Files.createSymbolicLink(granted.resolve("folder/up"), Path.of("../file"));
    Files.createSymbolicLink(granted.resolve("absolute"), granted.resolve("folder"));

    assertThat(read("/data/near")).isEqualTo("inner");
    assertThat(read("/data/folder/up")).isEqualTo("content");
    assertThat(read("/data/absolute/inner")).isEqualTo("inner");
    assertThat(fs.with("realpath", "/data/absolute/inner"))
        .isEqualTo(JsValue.of("/data/folder/inner"));
    assertThat(fs.with("readlink", "/data/near")).isEqualTo(JsValue.of("folder/inner"));
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Files.createSymbolicLink(granted.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(granted.resolve("b"), Path.of("a"));

    assertThat(failure("readFile", "/data/a")).isEqualTo("ELOOP");
  }

  @Test
  void aFifoIsNotOpened() throws Exception {
    Path fifo = granted.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    assertThat(failure("readFile", "/data/fifo")).isEqualTo("EACCES");
    assertThat(failure("open", "/data/fifo", "w", MODE)).isEqualTo("EACCES");
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws IOException {
    Files.write(granted.resolve("large"), new byte[(int) MAX_BYTES + 1]);

    assertThat(failure("readFile", "/data/large")).isEqualTo("EFBIG");
  }

  @Test
  void foldersAboveAMountListItsNameOnly() {
    assertThat(fs.with("readdir", "/")).isEqualTo(JsValue.of("[\"data\",\"directory\"]"));
    assertThat(failure("writeFile", "/new", new byte[0], "w", MODE)).isEqualTo("ENOENT");
    assertThat(failure("mkdir", "/elsewhere", MODE)).isEqualTo("ENOENT");
    assertThat(failure("rmdir", "/data")).isEqualTo("EBUSY");
  }

  @Test
  void errorsHaveTheSystemsNames() {
    assertThat(failure("readFile", "/data/none")).isEqualTo("ENOENT");
    assertThat(failure("readFile", "/data/folder")).isEqualTo("EISDIR");
    assertThat(failure("readFile", "/data/file/x")).isEqualTo("ENOTDIR");
    assertThat(failure("readdir", "/data/file")).isEqualTo("ENOTDIR");
    assertThat(failure("mkdir", "/data/folder", MODE)).isEqualTo("EEXIST");
    assertThat(failure("rmdir", "/data/folder")).isEqualTo("ENOTEMPTY");
    assertThat(failure("rmdir", "/data/file")).isEqualTo("ENOTDIR");
    assertThat(failure("unlink", "/data/none")).isEqualTo("ENOENT");
    assertThat(failure("read", 77, 1, -1)).isEqualTo("EBADF");
  }

  @Test
  void descriptorsReadWhereTheyAre() {
    JsValue fd = fs.with("open", "/data/file", "r", MODE);

    assertThat(text(fs.call("read", fd, JsValue.of(3), JsValue.of(-1)))).isEqualTo("con");
    assertThat(text(fs.call("read", fd, JsValue.of(2), JsValue.of(0)))).isEqualTo("co");
    assertThat(text(fs.call("read", fd, JsValue.of(99), JsValue.of(-1)))).isEqualTo("tent");
    assertThat(text(fs.call("read", fd, JsValue.of(1), JsValue.of(-1)))).isEmpty();
    fs.call("close", fd);
    assertThat(catchThrowableOfType(HostError.class, () -> fs.call("close", fd)).code())
        .isEqualTo("EBADF");
  }

  private static String text(JsValue bytes) {
    return new String(HostCalls.bytes(bytes), UTF_8);
  }

  @Test
  void appendingDescriptorsWriteAtTheEndWhateverThePosition() {
    JsValue fd = fs.with("open", "/data/file", "a", MODE);

    fs.call("write", fd, JsValue.of(" more".getBytes(UTF_8)), JsValue.of(0));
    fs.call("close", fd);

    assertThat(granted.resolve("file")).hasContent("content more");
  }

  @Test
  void laterVariantsOnlyStartWork() throws Exception {
    JsValue id = fs.with("readFileLater", "/data/file");

    assertThat(id).isEqualTo(JsValue.of(1));
    assertThat(text(later.getFirst().call())).isEqualTo("content");
  }
}
