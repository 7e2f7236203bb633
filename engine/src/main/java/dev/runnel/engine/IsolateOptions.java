package dev.runnel.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to open an isolate.
 *
 * @param hostModules importable as {@code host:NAME}; when a snapshot is given, it must name the
 *     same functions or more
 * @param flush called on the isolate's thread, during a guest call, when the guest asks that its
 *     mailbox be read now; it must not call into the isolate
 * @param clockRead called on the isolate's thread when the guest reads the clock, by an engine that
 *     can make snapshots
 * @param locality what {@code Date} and {@code Intl} go by; an engine may have one for the process
 * @param jit whether functions that are called often are compiled
 */
public record IsolateOptions(
    Limits limits,
    ModuleLoader modules,
    List<HostModule> hostModules,
    Consumer<Mailbox> flush,
    Runnable clockRead,
    Locality locality,
    Optional<Snapshot> snapshot,
    JitOptions jit) {

  public IsolateOptions {
    hostModules = List.copyOf(hostModules);
  }

  public IsolateOptions(ModuleLoader modules, List<HostModule> hostModules) {
    this(
        Limits.DEFAULT,
        modules,
        hostModules,
        _ -> {},
        () -> {},
        Locality.DEFAULT,
        Optional.empty(),
        JitOptions.OFF);
  }

  public IsolateOptions withLimits(Limits changed) {
    return new IsolateOptions(
        changed, modules, hostModules, flush, clockRead, locality, snapshot, jit);
  }

  public IsolateOptions withFlush(Consumer<Mailbox> changed) {
    return new IsolateOptions(
        limits, modules, hostModules, changed, clockRead, locality, snapshot, jit);
  }

  public IsolateOptions from(Snapshot start) {
    return new IsolateOptions(
        limits, modules, hostModules, flush, clockRead, locality, Optional.of(start), jit);
  }

  public IsolateOptions withLocality(Locality changed) {
    return new IsolateOptions(
        limits, modules, hostModules, flush, clockRead, changed, snapshot, jit);
  }

  public IsolateOptions withJit(JitOptions changed) {
    return new IsolateOptions(
        limits, modules, hostModules, flush, clockRead, locality, snapshot, changed);
  }
}
