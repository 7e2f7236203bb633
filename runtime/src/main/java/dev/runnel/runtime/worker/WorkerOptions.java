package dev.runnel.runtime.worker;

import dev.runnel.engine.Limits;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.limit.TurnLimits;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a program is run. Start from {@link #DEFAULT}.
 *
 * @param engine the engine's name, {@code "quickjs"} by default
 * @param isolates how many isolates run the program, each on a thread of its own
 * @param limits what each isolate may hold
 * @param turnLimits how long one turn may take; none by default
 * @param exchangeLimits open requests and unsent output for each isolate
 * @param maxTimers pending timers in each isolate
 * @param directories folders that {@code fs} may use
 * @param environment what {@code process.env} shows; nothing of the real one by default
 * @param arguments what follows the program's own name in {@code process.argv}
 * @param output where {@code console} and {@code process.stdout} write
 * @param snapshots a folder for app snapshots, private to its owner, or none to keep none
 */
public record WorkerOptions(
    String engine,
    int isolates,
    Limits limits,
    TurnLimits turnLimits,
    Exchanges.Limits exchangeLimits,
    int maxTimers,
    List<DirectoryGrant> directories,
    SequencedMap<String, String> environment,
    List<String> arguments,
    Network network,
    Output output,
    WorkerObserver observer,
    Optional<Path> snapshots) {

  /** The program's standard streams. Written to from isolate threads. */
  public record Output(OutputStream out, OutputStream err) {}

  public static final WorkerOptions DEFAULT =
      new WorkerOptions(
          "quickjs",
          1,
          Limits.DEFAULT,
          TurnLimits.NONE,
          new Exchanges.Limits(10_000, 64L << 20),
          100_000,
          List.of(),
          new LinkedHashMap<>(),
          List.of(),
          Network.NONE,
          new Output(System.out, System.err),
          WorkerObserver.SILENT,
          Optional.empty());

  public WorkerOptions {
    if (isolates < 1) {
      throw new IllegalArgumentException("A program needs at least one isolate.");
    }
    directories = List.copyOf(directories);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    arguments = List.copyOf(arguments);
  }

  public WorkerOptions withEngine(String changed) {
    return new WorkerOptions(
        changed,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withIsolates(int changed) {
    return new WorkerOptions(
        engine,
        changed,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withLimits(Limits changed) {
    return new WorkerOptions(
        engine,
        isolates,
        changed,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withTurnLimits(TurnLimits changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        changed,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withExchangeLimits(Exchanges.Limits changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        changed,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withMaxTimers(int changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        changed,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withDirectories(List<DirectoryGrant> changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        changed,
        environment,
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withEnvironment(Map<String, String> changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        new LinkedHashMap<>(changed),
        arguments,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withArguments(List<String> changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        changed,
        network,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withNetwork(Network changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        changed,
        output,
        observer,
        snapshots);
  }

  public WorkerOptions withOutput(Output changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        changed,
        observer,
        snapshots);
  }

  public WorkerOptions withObserver(WorkerObserver changed) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        changed,
        snapshots);
  }

  public WorkerOptions withSnapshots(Path folder) {
    return new WorkerOptions(
        engine,
        isolates,
        limits,
        turnLimits,
        exchangeLimits,
        maxTimers,
        directories,
        environment,
        arguments,
        network,
        output,
        observer,
        Optional.of(folder));
  }
}
