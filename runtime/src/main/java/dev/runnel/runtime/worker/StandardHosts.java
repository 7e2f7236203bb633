package dev.runnel.runtime.worker;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.guest.GuestServices;
import dev.runnel.runtime.host.broadcast.BroadcastHost;
import dev.runnel.runtime.host.broadcast.Broadcasts;
import dev.runnel.runtime.host.node.NodeHosts;
import dev.runnel.runtime.host.node.ProcessHost;
import dev.runnel.runtime.host.node.WatchHost;
import dev.runnel.runtime.host.node.file.FileWatches;
import dev.runnel.runtime.host.node.file.GuestFileSystem;
import dev.runnel.runtime.host.node.file.Mount;
import dev.runnel.runtime.host.thread.Threads;
import dev.runnel.runtime.host.thread.ThreadsHost;
import dev.runnel.runtime.host.web.WebHosts;
import dev.runnel.runtime.host.web.crypto.Background;
import dev.runnel.runtime.limit.GuestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The host modules of the Web and Node APIs, for one guest. */
final class StandardHosts {
  /** What {@code navigator.userAgent} says after {@code Runnel/}. */
  private static final String VERSION = "0.1.0";

  private static final long MAX_FILE_BYTES = 512L << 20;

  private StandardHosts() {}

  /**
   * @param threads starts the guest's workers
   * @param inherited what its creator gave it, if it is a worker itself
   */
  static List<HostModule> of(
      GuestServices services,
      WorkerOptions options,
      Broadcasts broadcasts,
      Threads threads,
      Optional<Threads.Inherited> inherited) {
    List<HostModule> modules = new ArrayList<>();
    modules.addAll(WebHosts.of(webGrants(services, options), services.reads()::unrepeatable));
    modules.addAll(NodeHosts.of(grants(options), services.memory(), services.completions()::start));
    modules.add(watch(services, options).module());
    modules.add(broadcast(services, options, broadcasts).module());
    modules.add(threads(services, options, threads, inherited).module());
    return modules.stream().map(module -> RecordedHosts.of(module, services.reads())).toList();
  }

  private static WatchHost watch(GuestServices services, WorkerOptions options) {
    var files = new FileWatches(new GuestFileSystem(mounts(options)));
    var host = new WatchHost(services.loop(), services.guest(), files, options.fileWatchers());
    services.atEnd().accept(host::closeAll);
    return host;
  }

  private static BroadcastHost broadcast(
      GuestServices services, WorkerOptions options, Broadcasts broadcasts) {
    var host =
        new BroadcastHost(
            services.loop(),
            services.guest(),
            broadcasts,
            options.broadcastLimits(),
            () -> services.reads().unrepeatable("a BroadcastChannel"));
    services.atEnd().accept(host::closeAll);
    return host;
  }

  private static ThreadsHost threads(
      GuestServices services,
      WorkerOptions options,
      Threads threads,
      Optional<Threads.Inherited> inherited) {
    var host =
        new ThreadsHost(
            services.loop(),
            services.guest(),
            threads,
            options.broadcastLimits(),
            () -> services.reads().unrepeatable("a worker"),
            inherited);
    services.atEnd().accept(host::closeAll);
    return host;
  }

  private static WebHosts.Grants webGrants(GuestServices services, WorkerOptions options) {
    return new WebHosts.Grants(
        new ConsoleOutput(options.output()),
        VERSION,
        options.decompressionLimits(),
        services.codecs(),
        options.rewriterLimits(),
        new CompletedLater(services),
        clock(options),
        ProgramLocality.of(options.environment()));
  }

  private static GuestClock clock(WorkerOptions options) {
    return options.trust() == Trust.FULL ? GuestClock.FINE : GuestClock.COARSE;
  }

  private record CompletedLater(GuestServices services) implements Background {
    @Override
    public int start(Callable<JsValue> work) {
      return services.completions().start(work);
    }

    @Override
    public boolean hasEnded() {
      return services.loop().isStopped();
    }
  }

  private static NodeHosts.Grants grants(WorkerOptions options) {
    var output = options.output();
    return new NodeHosts.Grants(
        mounts(options),
        MAX_FILE_BYTES,
        new ProcessHost.Streams(options.input(), output.out(), output.err()),
        new Control(options.sleep()),
        clock(options));
  }

  private static List<Mount> mounts(WorkerOptions options) {
    return options.directories().stream().map(StandardHosts::mount).toList();
  }

  /** A relative guest path lies below the folder in which Runnel was started. */
  private static Mount mount(DirectoryGrant grant) {
    try {
      Path guest = Path.of("").toAbsolutePath().resolve(grant.guest()).normalize();
      return new Mount(guest, grant.host().toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s can't be granted.".formatted(grant.host()), e);
    }
  }

  /** A program's signals come through {@code Worker.signal}, whether or not it watches them. */
  private record Control(WorkerOptions.Sleep sleep) implements ProcessHost.Control {
    @Override
    public void watchSignal(String name, boolean watch) {}

    @Override
    public boolean maySleep() {
      return sleep == WorkerOptions.Sleep.ALLOWED;
    }
  }
}
