package dev.runnel.runtime.guest;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import dev.runnel.engine.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A heap in which all built-ins have been evaluated, made when Runnel itself is built. */
public final class BaseSnapshot {
  private static final String FOLDER = "/dev/runnel/runtime/js/";

  private BaseSnapshot() {}

  /** Evaluates the built-ins alone: the settings' program is not touched. */
  public static Snapshot make(GuestSettings settings) {
    return new Guest(settings, GuestObserver.NONE).snapshotOfBuiltIns();
  }

  /** The file's name among the class path's resources, for that engine. */
  public static Path fileIn(Path classes, Engine engine) {
    return classes.resolve((FOLDER + nameFor(engine)).substring(1));
  }

  /** Loads it at the first call and keeps it. Safe from any thread. */
  public static Supplier<Optional<Snapshot>> loadedOnce(Engine engine) {
    return new Supplier<>() {
      private @Nullable Optional<Snapshot> loaded;

      @Override
      public synchronized Optional<Snapshot> get() {
        if (loaded == null) {
          loaded = load(engine);
        }
        return loaded;
      }
    };
  }

  /** The one on the class path; empty when the engine has none or its build has changed since. */
  public static Optional<Snapshot> load(Engine engine) {
    if (!engine.capabilities().contains(Engine.Capability.SNAPSHOT)) {
      return Optional.empty();
    }
    try (var in = BaseSnapshot.class.getResourceAsStream(FOLDER + nameFor(engine))) {
      return in == null ? Optional.empty() : Optional.of(engine.snapshot(in.readAllBytes()));
    } catch (BadSnapshotException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameFor(Engine engine) {
    return "base-" + engine.name() + ".snapshot";
  }
}
