package dev.runnel.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells when programs below a folder have changed and nothing more has for a moment, as after a
 * build. What programs write themselves (databases, logs) doesn't count, nor what lies in hidden
 * folders and {@code node_modules}.
 */
final class FileWatch implements AutoCloseable {
  private static final Set<String> ENDINGS =
      Set.of("js", "mjs", "cjs", "json", "wasm", "ts", "tsx", "mts", "cts", "jsx");
  private static final long QUIET_MILLIS = 100;

  private final WatchService service;
  private final Runnable changed;

  private FileWatch(WatchService service, Runnable changed) {
    this.service = service;
    this.changed = changed;
  }

  /**
   * @param changed called on a thread of its own, one call after the other
   */
  static FileWatch of(Path folder, Runnable changed) throws IOException {
    FileWatch watch = new FileWatch(folder.getFileSystem().newWatchService(), changed);
    try {
      watch.register(folder);
    } catch (IOException e) {
      watch.close();
      throw e;
    }
    Thread.ofPlatform().daemon().name("watch").start(watch::run);
    return watch;
  }

  private void register(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            if (!each.equals(folder) && isIgnored(each)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            each.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException cause) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isIgnored(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".") || name.equals("node_modules");
  }

  private void run() {
    try {
      boolean pending = false;
      while (true) {
        WatchKey key = pending ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : service.take();
        if (key == null) {
          pending = false;
          changed.run();
        } else {
          pending |= hasChanges(key);
        }
      }
    } catch (ClosedWatchServiceException over) {
      // As it should be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasChanges(WatchKey key) {
    boolean any = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      any |= event.kind() == OVERFLOW || counts((Path) key.watchable(), event);
    }
    key.reset();
    return any;
  }

  private boolean counts(Path folder, WatchEvent<?> event) {
    Path file = folder.resolve((Path) event.context());
    if (event.kind() == ENTRY_CREATE && Files.isDirectory(file) && !isIgnored(file)) {
      return isRegistered(file);
    }
    String name = file.getFileName().toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Files may have come into a new folder before it was watched. */
  private boolean isRegistered(Path folder) {
    try {
      register(folder);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
