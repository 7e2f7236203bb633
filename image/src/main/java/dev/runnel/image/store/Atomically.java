package dev.runnel.image.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that are there whole or not at all, also after a crash. */
public final class Atomically {
  private Atomically() {}

  public static void write(Path file, byte[] content) throws IOException {
    Path making = Files.createTempFile(file.toAbsolutePath().getParent(), ".making-", "");
    try {
      Files.write(making, content);
      move(making, file);
    } finally {
      Files.deleteIfExists(making);
    }
  }

  /** The file is on disk before it has its name. */
  public static void move(Path making, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(making, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a folder that is whole its name, unless somebody else was quicker with the same. */
  public static void placeFolder(Path made, Path folder) throws IOException {
    try {
      Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Removes a folder with all that is in it. */
  public static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
