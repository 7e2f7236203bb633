package dev.runnel.engine;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** A JavaScript engine, found by {@link ServiceLoader}. Safe to use from any thread. */
public interface Engine {

  /** What one engine can do and another can't. The contract suite checks each promise. */
  enum Capability {
    /**
     * Guests are isolated from the process even when they corrupt their own heap, and {@link
     * Isolate#interrupt} stops all they do. Without it only trusted programs may run.
     */
    SANDBOX,
    /** {@link Isolate#snapshot()} of a running heap. */
    SNAPSHOT,
    /** Memory over the limit ends the isolate, never the process. */
    HARD_MEMORY_LIMIT,
    /** {@link Isolate#runJob()} runs one job and no more. */
    SINGLE_JOBS,
    /** JavaScript is compiled: a short loop in it takes less than a call of Java. */
    COMPILED
  }

  /** The word that {@code --engine} takes. */
  String name();

  Set<Capability> capabilities();

  /**
   * How big a stack the thread that opens an isolate needs, in bytes, so that the isolate's own
   * stack limit is what deep recursion meets first. On a smaller one deep recursion ends the
   * isolate instead of throwing a RangeError in it.
   */
  default int threadStackBytes(Limits limits) {
    return 1 << 20;
  }

  /**
   * Opens an isolate that belongs to the calling thread from then on.
   *
   * @throws UnsupportedOperationException where the engine can't run, or not as it is asked to; the
   *     message says why
   */
  Isolate open(IsolateOptions options);

  /**
   * Compiles a built-in module ahead of its use, for {@link ModuleSource#withCode}. Empty: this
   * engine compiles what it loads.
   */
  default Optional<byte[]> compile(String name, ModuleSource builtIn) {
    return Optional.empty();
  }

  /**
   * Reads a snapshot that {@link Snapshot#toBytes()} wrote.
   *
   * @throws BadSnapshotException when it is damaged or was made by another build of the engine
   */
  Snapshot snapshot(byte[] bytes) throws BadSnapshotException;

  /**
   * The engine of that name on the class path.
   *
   * @throws IllegalArgumentException when it isn't there; the message lists those that are
   */
  static Engine named(String name) {
    List<Engine> found =
        ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).toList();
    return found.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no engine \"%s\" on the class path, only %s."
                        .formatted(name, found.stream().map(Engine::name).collect(joining(", ")))));
  }
}
