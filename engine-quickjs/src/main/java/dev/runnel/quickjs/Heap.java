package dev.runnel.quickjs;

import dev.runnel.engine.HostError;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.Snapshot;
import dev.runnel.quickjs.jit.Jit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import run.endive.wasm.WasmEngineException;

/**
 * One JavaScript heap and the Java objects around it. Everything here may be called while the guest
 * runs; {@link QuickJsIsolate} stands in front of it and keeps the rules of an isolate.
 */
final class Heap implements HostImports.Calls, AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Logger LOG = System.getLogger(Heap.class.getName());

  private final BooleanSupplier interrupted;
  private final Runnable clockRead;
  private final ZoneId zone;
  private final HostImports imports = new HostImports(this);
  private final Guest guest;
  private final HeapFacts facts;
  private final QuickJs js;
  private final long primordials;
  private final GuestText text;
  private final Values values;
  private final GuestErrors errors;
  private final Rejections rejections;
  private final HostFunctions functions;
  private final Compiler compiler;
  private final GuestModules modules;
  private final MailboxRegion mailbox;
  private final WasmHost wasm;
  private final IsolateModule isolateModule;
  private final Optional<Jit> jit;

  /**
   * @param interrupted asked by QuickJS every few thousand steps; true ends the guest
   */
  Heap(IsolateOptions options, MemoryLimit limit, BooleanSupplier interrupted) {
    this.interrupted = interrupted;
    this.clockRead = options.clockRead();
    this.zone = options.locality().zone();
    guest = Guest.instantiate(imports.functions(), limit);
    BaseHeap base = BaseHeap.shared();
    facts = base.facts();
    Snapshot start = options.snapshot().orElse(base.snapshot());
    Roots roots = ((QuickJsSnapshot) start).restoreInto(guest);
    js = new QuickJs(guest, roots.runtime(), roots.context());
    js.connect(options.limits().stackBytes());
    guest.writeLong(facts.randomState(), RANDOM.nextLong() | 1);
    limit.startWith(facts.growthStep());
    jit = startJit(options, limit);
    primordials = roots.primordials();
    Primordials captured = Primordials.of(js, primordials);
    text = new GuestText(guest, js);
    values = new Values(guest, js, text, captured);
    errors = new GuestErrors(js, text, captured);
    rejections = new Rejections(guest, js, values);
    functions = new HostFunctions(guest, js, values, errors);
    compiler = new Compiler(js, options.limits(), interrupted);
    modules = new GuestModules(guest, js, text, options.modules(), functions, compiler);
    MailboxRegion.Place region =
        roots.mailbox().equals(MailboxRegion.NOWHERE)
            ? MailboxRegion.allocate(guest, js, options.limits().mailboxBytes())
            : roots.mailbox();
    mailbox = new MailboxRegion(guest, region, options.flush());
    Map<String, Long> registered = new HashMap<>(roots.registered());
    wasm = new WasmHost(guest, js, text, values, registered, limit, options.limits(), interrupted);
    isolateModule =
        new IsolateModule(guest, js, text, modules, rejections, mailbox, registered, wasm);
    modules.add(WasmHost.SPECIFIER, wasm.functions());
    modules.add(IsolateModule.SPECIFIER, isolateModule.functions());
    modules.addAll(options.hostModules());
    modules.restore(roots.hostFunctions());
  }

  private Optional<Jit> startJit(IsolateOptions options, MemoryLimit limit) {
    if (!options.jit().isOn()) {
      return Optional.empty();
    }
    if (!Jit.isAvailable()) {
      LOG.log(Level.WARNING, "This build has no JIT: it found the engine not to be as it expects.");
      return Optional.empty();
    }
    int threshold = options.jit().threshold();
    return Optional.of(guest.compileHotFunctions(js.runtime(), threshold, limit::take));
  }

  Guest guest() {
    return guest;
  }

  /** What compiles hot functions, if that is on. */
  Optional<Jit> jit() {
    return jit;
  }

  QuickJs js() {
    return js;
  }

  Values values() {
    return values;
  }

  GuestErrors errors() {
    return errors;
  }

  Rejections rejections() {
    return rejections;
  }

  Compiler compiler() {
    return compiler;
  }

  GuestModules modules() {
    return modules;
  }

  WasmHost wasm() {
    return wasm;
  }

  MailboxRegion mailbox() {
    return mailbox;
  }

  IsolateModule isolateModule() {
    return isolateModule;
  }

  /** Any thread may call this; the guest stops at its next poll and for good. */
  void interrupt() {
    guest.interrupt();
    compiler.interrupt();
  }

  /** Bytes that QuickJS has allocated. */
  long allocatedBytes() {
    return Integer.toUnsignedLong(guest.readInt(facts.allocated()));
  }

  String lastWords() {
    return imports.lastWords();
  }

  QuickJsSnapshot snapshot() {
    js.collectGarbage();
    FreedMemory.scrub(guest, facts);
    UnusedTail.giveBack(guest, facts.allocator());
    Roots roots =
        new Roots(
            js.runtime(),
            js.context(),
            primordials,
            mailbox.place(),
            functions.names(),
            isolateModule.registered());
    return QuickJsSnapshot.of(guest, roots);
  }

  // ---- Calls from the guest ----

  @Override
  public void hostFunction(int id, int argumentCount, int arguments, int result) {
    functions.dispatch(id, argumentCount, arguments, result);
  }

  @Override
  public void wasmFunction(int data, int argumentCount, int arguments, int result) {
    HostFunctions.RawArguments given =
        new HostFunctions.RawArguments(guest, argumentCount, arguments);
    guest.writeLong(
        result, functions.guarded(() -> "of a WebAssembly module", () -> wasm.call(data, given)));
  }

  @Override
  public int initModule(int module) {
    return throwing(
        -1,
        "A host module's start",
        () -> {
          modules.initialize(module);
          return 0;
        });
  }

  @Override
  public int normalizeModule(int referrer, int specifier) {
    return throwing(0, "The module loader", () -> modules.normalize(referrer, specifier));
  }

  @Override
  public int loadModule(int name) {
    return throwing(0, "The module loader", () -> modules.load(name));
  }

  @Override
  public void rejection(long promise, long reason, boolean handled) {
    rejections.track(promise, reason, handled);
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  @Override
  public void clockRead() {
    clockRead.run();
  }

  @Override
  public boolean interrupted() {
    return interrupted.getAsBoolean();
  }

  /** Runs Java code on behalf of C, which sees a failure as {@code failed} and a pending error. */
  private int throwing(int failed, String what, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (GuestThrow pending) {
      return failed;
    } catch (HostError error) {
      js.setException(errors.create(error));
      return failed;
    } catch (IsolateException | WasmEngineException | GuestOutOfMemoryException ending) {
      throw ending;
    } catch (RuntimeException bug) {
      throw new HostFailureException(what + " failed.", bug);
    }
  }

  @Override
  public void close() {
    values.close();
    wasm.close();
    guest.close();
  }
}
