package dev.runnel.quickjs;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.Limits;
import dev.runnel.engine.ModuleSource;
import dev.runnel.engine.Snapshot;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** QuickJS-ng in WebAssembly, translated to JVM classes at build time. */
public final class QuickJsEngine implements Engine {
  /** A JavaScript call takes that much more of the thread's stack, interpreted, than of its own. */
  static final int JAVA_STACK_PER_GUEST_STACK = 64;

  @Override
  public String name() {
    return "quickjs";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.COMPILED));
  }

  @Override
  public int threadStackBytes(Limits limits) {
    return limits.stackBytes() * JAVA_STACK_PER_GUEST_STACK;
  }

  @Override
  public Isolate open(IsolateOptions options) {
    return new QuickJsIsolate(options);
  }

  @Override
  public Optional<byte[]> compile(String name, ModuleSource builtIn) {
    return Optional.of(Compiler.aheadOfTime(name, builtIn));
  }

  @Override
  public Snapshot snapshot(byte[] bytes) throws BadSnapshotException {
    return QuickJsSnapshot.read(bytes);
  }
}
