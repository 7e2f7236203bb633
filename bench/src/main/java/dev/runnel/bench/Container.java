package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A memory limit around processes that the kernel enforces, as a container's: a control group below
 * the one of this process. Where the machine has no such thing, or doesn't allow it, the JVM is
 * told that the machine is that small.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">Memory Resource
 *     Controller</a>
 */
final class Container implements AutoCloseable {
  private static final Path CONTROLLER = Path.of("/sys/fs/cgroup/memory");

  private static final Pattern KILLED = Pattern.compile("^oom_kill [1-9]", Pattern.MULTILINE);

  private final long megabytes;
  private final Optional<Path> group;

  private Container(long megabytes, Optional<Path> group) {
    this.megabytes = megabytes;
    this.group = group;
  }

  static Container of(long megabytes) throws IOException {
    try {
      Path group = ownGroup().resolve("runnel-bench-" + ProcessHandle.current().pid());
      Files.createDirectory(group);
      Files.writeString(group.resolve("memory.limit_in_bytes"), String.valueOf(megabytes << 20));
      return new Container(megabytes, Optional.of(group));
    } catch (IOException notAllowed) {
      return new Container(megabytes, Optional.empty());
    }
  }

  private static Path ownGroup() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields[1].equals("memory")) {
        return Path.of(CONTROLLER + fields[2]);
      }
    }
    throw new IOException("There is no memory controller of version 1.");
  }

  String description() {
    return group.isPresent()
        ? "in a control group of %d MB".formatted(megabytes)
        : "with -XX:MaxRAM=%dm, since no control group can be made here".formatted(megabytes);
  }

  /** The command that runs another one inside. */
  List<String> command(List<String> inside) {
    if (group.isEmpty()) {
      return inside;
    }
    String join = "echo $$ > '%s/cgroup.procs' && exec \"$@\"".formatted(group.get());
    List<String> command = new ArrayList<>(List.of("sh", "-c", join, "sh"));
    command.addAll(inside);
    return command;
  }

  Map<String, String> environment() {
    return group.isPresent()
        ? Map.of()
        : Map.of("RUNNEL_JAVA_OPTS", "-XX:MaxRAM=%dm".formatted(megabytes));
  }

  /** Fails when the kernel has ended a process for its memory: what is left says little. */
  void checkRoom() throws IOException {
    if (group.isPresent()) {
      String control = Files.readString(group.get().resolve("memory.oom_control"));
      if (KILLED.matcher(control).find()) {
        throw new IOException("A process needed more than %d MB.".formatted(megabytes));
      }
    }
  }

  /** A group goes once its last process has been reaped. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (group.isEmpty()) {
      return;
    }
    for (int tries = 100; tries > 0; tries--) {
      if (group.get().toFile().delete()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("The control group %s can't be removed.".formatted(group.get()));
  }
}
