package dev.runnel.v8;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.Limits;
import dev.runnel.engine.Snapshot;
import java.util.EnumSet;
import java.util.Set;

/** V8 through Javet: for programs that are trusted, since it is no sandbox. */
public final class V8Engine implements Engine {
  /** Beside the guest's own stack: host functions, V8's compilers, and its native builtins. */
  private static final int HOST_STACK_BYTES = StackLimit.MOST_ROOM_BYTES + (1 << 20);

  @Override
  public String name() {
    return "v8";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.COMPILED);
  }

  @Override
  public int threadStackBytes(Limits limits) {
    return limits.stackBytes() + HOST_STACK_BYTES;
  }

  /**
   * @throws UnsupportedOperationException where V8's native library doesn't run; the message says
   *     why
   * @throws IllegalArgumentException when a snapshot is given
   */
  @Override
  public Isolate open(IsolateOptions options) {
    if (options.snapshot().isPresent()) {
      throw new IllegalArgumentException("The engine v8 can't start from a snapshot.");
    }
    return V8Isolate.open(V8Library.load(options.limits(), options.locality()), options);
  }

  @Override
  public Snapshot snapshot(byte[] bytes) throws BadSnapshotException {
    throw new BadSnapshotException("The snapshot can't be used: the engine v8 has none.");
  }
}
