package dev.runnel.runtime.host.node;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.MemoryUse;
import dev.runnel.runtime.host.node.file.GuestFileSystem;
import dev.runnel.runtime.host.node.file.Mount;
import dev.runnel.runtime.limit.GuestClock;
import java.util.List;
import java.util.function.Supplier;

/** The host modules of all Node APIs, for one isolate. */
public final class NodeHosts {

  /**
   * What a program may use.
   *
   * @param mounts the folders that {@code fs} sees
   * @param maxFileBytes the largest file that is read whole
   */
  public record Grants(
      List<Mount> mounts,
      long maxFileBytes,
      ProcessHost.Streams streams,
      ProcessHost.Control control,
      GuestClock clock) {
    public Grants {
      mounts = List.copyOf(mounts);
    }
  }

  private NodeHosts() {}

  public static List<HostModule> of(
      Grants grants, Supplier<MemoryUse> memory, CompletionStarter starter) {
    return List.of(
        new BufferHost().module(),
        new CipherHost().module(),
        new HashHost().module(),
        new ProcessHost(grants.streams(), grants.control(), grants.clock(), memory, starter)
            .module(),
        new FsHost(new GuestFileSystem(grants.mounts()), grants.maxFileBytes(), starter).module());
  }
}
