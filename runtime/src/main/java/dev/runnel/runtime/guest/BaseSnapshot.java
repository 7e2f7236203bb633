package dev.runnel.runtime.guest;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.engine.Snapshot;
import dev.runnel.runtime.module.Builtins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A heap in which all built-ins have been evaluated, made when Runnel itself is built. */
public final class BaseSnapshot {
  private static final String FOLDER = "/dev/runnel/runtime/js/";

  private BaseSnapshot() {}

  /** Evaluates the built-ins. The host modules' functions must not be called while that happens. */
  public static Snapshot make(Engine engine, Builtins builtins, List<HostModule> hostModules) {
    try (var isolate = engine.open(new IsolateOptions(new BootOnly(builtins), hostModules))) {
      Guest.bootWith(isolate);
      isolate.collectGarbage();
      return isolate.snapshot();
    }
  }

  /** The file's name among the class path's resources, for that engine. */
  public static Path fileIn(Path classes, Engine engine) {
    return classes.resolve((FOLDER + nameFor(engine)).substring(1));
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

  /** The only module that can be loaded while the base snapshot is made. */
  private record BootOnly(Builtins builtins) implements ModuleLoader {
    @Override
    public String resolve(String specifier, String referrer) {
      if (specifier.startsWith("host:") || specifier.equals(Builtins.BOOT)) {
        return specifier;
      }
      throw new IllegalStateException("The built-ins import %s.".formatted(specifier));
    }

    @Override
    public ModuleSource load(String name) {
      return ModuleSource.of(builtins.bootSource());
    }
  }
}
