package dev.runnel.runtime.snapshot;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of app snapshots, one file for each key, readable by its owner alone. A file that is
 * damaged or that no longer fits what it was made from is deleted. Safe from any thread.
 */
public final class AppSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(AppSnapshots.class);
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  public AppSnapshots(Path folder) {
    this.folder = folder;
  }

  /**
   * The snapshot under that key, when every file that went into it is as it was.
   *
   * @param key a digest of all that the program was given
   */
  public Optional<AppSnapshot> find(String key, Engine engine) {
    Path file = file(key);
    try {
      AppSnapshot found = AppSnapshotFile.read(Files.readAllBytes(file), engine);
      if (isCurrent(found.files())) {
        return Optional.of(found);
      }
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (BadSnapshotException e) {
      LOG.warn("{} It was deleted: {}", e.getMessage(), file);
      delete(file);
    } catch (IOException e) {
      LOG.warn("The snapshot {} can't be read: {}", file, e.toString());
    }
    return Optional.empty();
  }

  private static boolean isCurrent(Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = Path.of(file.getKey());
      if (!Files.isRegularFile(path) || !Sha256.of(textOf(path)).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** As the program's modules are read: UTF-8 without a byte order mark. */
  private static String textOf(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Keeps a snapshot. Failing to is no reason to fail the program: it is logged. */
  public void keep(String key, AppSnapshot app) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
      }
      Path unfinished =
          Files.createTempFile(
              folder, key, ".tmp", PosixFilePermissions.asFileAttribute(OWNER_FILE));
      try {
        Files.write(unfinished, AppSnapshotFile.write(app));
        Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("The program's snapshot can't be kept in {}: {}", folder, e.toString());
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ".snapshot");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The file {} can't be deleted: {}", file, e.toString());
    }
  }
}
