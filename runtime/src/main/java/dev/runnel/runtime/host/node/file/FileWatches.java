package dev.runnel.runtime.host.node.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.runnel.runtime.file.RelativeCalls;
import dev.runnel.runtime.file.RelativeCalls.Folder;
import dev.runnel.runtime.file.SystemCallException;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Entry;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Links;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Place;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Root;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Virtual;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells one guest what happens to files and folders. A folder is opened step by step, as {@link
 * GuestFileSystem} tells, and watched as it was opened; a file by way of its folder.
 *
 * <p>Opened and closed by one thread; what happens is told on another. The system's watch is there
 * from the first watch to the end of the last.
 */
public final class FileWatches {

  /**
   * What happened to a name.
   *
   * @param kind as Node calls it: {@code rename} or {@code change}
   * @param name of the file; empty when so much happened that it isn't known
   */
  public record Change(String kind, Optional<String> name) {
    private static final Change TOO_MANY = new Change("rename", Optional.empty());
  }

  /** Hears of changes, never of two at once. */
  @FunctionalInterface
  public interface Listener {
    void changed(List<Change> changes);
  }

  /** Something that is being watched, until it is closed. */
  public final class Watch {
    private final WatchKey key;
    private final Target target;
    private final Listener listener;

    private Watch(WatchKey key, Target target, Listener listener) {
      this.key = key;
      this.target = target;
      this.listener = listener;
    }

    /** Closing it once more does nothing. */
    public void close() {
      remove(this);
    }
  }

  /**
   * What is watched.
   *
   * @param name the last name of its own path
   * @param file the one name in the folder that counts, or empty when all of them do
   */
  private record Target(Folder folder, String name, Optional<String> file) {
    boolean concerns(String changed) {
      return file.isEmpty() || file.get().equals(changed);
    }
  }

  private final GuestFileSystem files;
  private final Lock lock = new ReentrantLock();
  private final Map<WatchKey, List<Watch>> watches = new HashMap<>();
  private Optional<WatchService> service = Optional.empty();

  public FileWatches(GuestFileSystem files) {
    this.files = files;
  }

  /** Blocks while the folder is opened. */
  public Watch open(String path, Listener listener) throws IOException {
    Target target = target(path);
    lock.lock();
    try {
      WatchKey key = register(target.folder());
      var watch = new Watch(key, target, listener);
      watches.merge(key, List.of(watch), FileWatches::joined);
      return watch;
    } finally {
      closeIfUnused();
      lock.unlock();
    }
  }

  private Target target(String path) throws IOException {
    Place place = files.find(path, Links.FOLLOW);
    return switch (place) {
      case Virtual _ -> throw GuestFileSystem.failure("EACCES");
      case Root(Mount mount) ->
          new Target(folder(mount.host()), lastName(mount.guest()), Optional.empty());
      case Entry entry -> {
        try (entry) {
          yield target(entry);
        }
      }
    };
  }

  private static Target target(Entry entry) throws IOException {
    BasicFileAttributes attributes =
        entry.attributes().orElseThrow(() -> GuestFileSystem.failure("ENOENT"));
    String name = lastName(entry.guest());
    return attributes.isDirectory()
        ? new Target(folder(entry.host()), name, Optional.empty())
        : new Target(folder(entry.host().resolveSibling("")), name, Optional.of(name));
  }

  private static Folder folder(Path host) {
    List<String> names = new ArrayList<>();
    host.forEach(name -> names.add(name.toString()));
    return new Folder(Path.of("/"), names);
  }

  private static String lastName(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("/");
  }

  private WatchKey register(Folder folder) throws IOException {
    WatchService watching = service.isPresent() ? service.get() : start();
    try {
      return RelativeCalls.atFolder(
          folder, path -> path.register(watching, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY));
    } catch (SystemCallException e) {
      throw GuestFileSystem.failure(e.code());
    }
  }

  private WatchService start() throws IOException {
    WatchService started = FileSystems.getDefault().newWatchService();
    service = Optional.of(started);
    Thread.ofVirtual().name("runnel-watch").start(() -> run(started));
    return started;
  }

  private void run(WatchService watching) {
    try {
      while (true) {
        tell(watching.take());
      }
    } catch (ClosedWatchServiceException | InterruptedException over) {
      // As it should be.
    }
  }

  private void tell(WatchKey key) {
    List<WatchEvent<?>> events = key.pollEvents();
    boolean isThere = key.reset();
    for (Watch watch : watchesOf(key)) {
      List<Change> changes = new ArrayList<>();
      for (WatchEvent<?> event : events) {
        change(event, watch.target).ifPresent(changes::add);
      }
      if (!isThere) {
        changes.add(new Change("rename", Optional.of(watch.target.name())));
      }
      if (!changes.isEmpty()) {
        watch.listener.changed(changes);
      }
    }
  }

  /** Waits for whoever is opening a watch: its first events may be here before it is known. */
  private List<Watch> watchesOf(WatchKey key) {
    lock.lock();
    try {
      return watches.getOrDefault(key, List.of());
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Change> change(WatchEvent<?> event, Target target) {
    if (event.kind() == OVERFLOW) {
      return Optional.of(Change.TOO_MANY);
    }
    String name = String.valueOf(event.context());
    String kind = event.kind() == ENTRY_MODIFY ? "change" : "rename";
    return target.concerns(name)
        ? Optional.of(new Change(kind, Optional.of(name)))
        : Optional.empty();
  }

  private void remove(Watch watch) {
    lock.lock();
    try {
      List<Watch> rest =
          watches.getOrDefault(watch.key, List.of()).stream()
              .filter(other -> other != watch)
              .toList();
      if (rest.isEmpty()) {
        watches.remove(watch.key);
        watch.key.cancel();
      } else {
        watches.put(watch.key, rest);
      }
      closeIfUnused();
    } finally {
      lock.unlock();
    }
  }

  private void closeIfUnused() {
    if (watches.isEmpty()) {
      service.ifPresent(FileWatches::close);
      service = Optional.empty();
    }
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Watch> joined(List<Watch> some, List<Watch> others) {
    List<Watch> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
