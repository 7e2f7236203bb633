package dev.runnel.runtime.worker;

import dev.runnel.engine.Engine;
import dev.runnel.engine.WasmLimits;
import dev.runnel.runtime.guest.BaseSnapshot;
import dev.runnel.runtime.guest.GuestSettings;
import dev.runnel.runtime.module.Builtins;
import java.nio.file.Path;

/**
 * A program as its files are now, and what all isolates share that run it: its modules' places and
 * its evaluated heap.
 */
record Evaluation(
    Program program,
    Engine engine,
    Builtins builtins,
    KeptSnapshots evaluated,
    WorkerOptions options) {

  static Evaluation of(Path file, WorkerOptions options) throws WorkerException {
    var engine = engine(options);
    ProgramLocality.check(options.environment());
    var found = Program.at(file, options).withCaches();
    var builtins = Builtins.load(options.engine());
    var evaluated = new KeptSnapshots(found.key(engine, builtins, options), engine, options);
    return new Evaluation(found, engine, builtins, evaluated, options);
  }

  private static Engine engine(WorkerOptions options) {
    var engine = Engine.named(options.engine());
    if (options.trust() == Trust.NONE
        && !engine.capabilities().contains(Engine.Capability.SANDBOX)) {
      throw new IllegalArgumentException(
          "The engine \"%s\" has no sandbox, so it runs trusted programs only, and this one is not marked as trusted."
              .formatted(engine.name()));
    }
    if (!options.limits().wasm().equals(WasmLimits.DEFAULT)
        && !engine.capabilities().contains(Engine.Capability.SANDBOX)) {
      throw new IllegalArgumentException(
          "The engine \"%s\" does not limit WebAssembly, so its limits can't be set."
              .formatted(engine.name()));
    }
    return engine;
  }

  /** The settings of the guest that joins the ports as that member. */
  GuestSettings guest(SharedPorts ports, SharedPorts.Member member) {
    var base = BaseSnapshot.loadedOnce(engine);
    return program.guest(engine, builtins, base, ports.forIsolate(member), evaluated, options);
  }
}
