package dev.runnel.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that {@code runnel run -d} has started: a folder for each, with what is known of it,
 * what it writes and, as soon as it is ready, its addresses. Ended ones are kept for a week.
 */
final class DetachedRuns {
  private static final String RECORD = "run.json";
  private static final int ID_BYTES = 6;
  private static final Duration KEPT = Duration.ofDays(7);

  private final Path folder;

  DetachedRuns(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * One program.
   *
   * @param started when its process began, by which another of the same number is told from it
   */
  record Run(String id, String name, String program, long pid, String started) {
    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> started.equals(startOf(process)));
    }

    static String startOf(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toString).orElse("");
    }
  }

  static Path folderIn(Map<String, String> environment) {
    String named = environment.getOrDefault("RUNNEL_RUNS", "");
    return named.isEmpty()
        ? UserFolders.data(environment).orElse(Path.of(".")).resolve("runnel").resolve("runs")
        : Path.of(named);
  }

  /** A new place. */
  String open() throws IOException {
    prune();
    byte[] random = new byte[ID_BYTES];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    Files.createDirectories(folder);
    Files.createDirectory(folder.resolve(id));
    return id;
  }

  Path log(String id) {
    return folder.resolve(id).resolve("log");
  }

  /** Has a line for each address once the program is ready. */
  Path ready(String id) {
    return folder.resolve(id).resolve("ready");
  }

  void write(Run run) throws IOException {
    byte[] json = new Gson().toJson(run).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Atomically.write(folder.resolve(run.id()).resolve(RECORD), json);
  }

  void remove(String id) throws IOException {
    Atomically.deleteFolder(folder.resolve(id));
  }

  /** All of them, the youngest last. */
  List<Run> all() throws IOException {
    List<Run> runs = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return runs;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path one : folders.toList()) {
        read(one).ifPresent(runs::add);
      }
    }
    runs.sort(Comparator.comparing(Run::started));
    return runs;
  }

  private static Optional<Run> read(Path folder) throws IOException {
    Path file = folder.resolve(RECORD);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Run.class));
    } catch (JsonParseException e) {
      // Somebody has changed it by hand: it is no program of ours any more.
      return Optional.empty();
    }
  }

  /** The one program with that name, or whose id begins so; of several the one that runs. */
  Run find(String word) throws IOException, ImageException {
    List<Run> found =
        all().stream().filter(run -> run.name().equals(word) || run.id().startsWith(word)).toList();
    List<Run> running = found.stream().filter(run -> run.process().isPresent()).toList();
    List<Run> candidates = running.isEmpty() ? found : running;
    if (candidates.isEmpty()) {
      throw new ImageException("No program \"%s\" was started with `runnel run -d`.", word);
    }
    if (running.size() > 1) {
      throw new ImageException("%d programs are called \"%s\": say the id.", running.size(), word);
    }
    return candidates.getLast();
  }

  private void prune() throws IOException {
    Instant oldest = Instant.now().minus(KEPT);
    for (Run run : all()) {
      boolean isOld = Files.getLastModifiedTime(log(run.id())).toInstant().isBefore(oldest);
      if (run.process().isEmpty() && isOld) {
        remove(run.id());
      }
    }
  }
}
