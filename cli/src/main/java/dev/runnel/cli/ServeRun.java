package dev.runnel.cli;

import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerStatus;
import dev.runnel.server.JettyNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The apps of a {@code runnel.toml} from their start to the process's exit code. Waits on the
 * calling thread; requests and signals come on their own.
 */
final class ServeRun {
  private final Path file;
  private final PrintWriter err;
  private final ServerFlags flags;
  private final Operating operating;
  private final OpenStores stores = new OpenStores();
  private final AppRouter router = new AppRouter();
  private final AtomicInteger listening = new AtomicInteger();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final JettyNetwork network;
  private ServeFile present;

  ServeRun(Path file, ServeFile first, ServerFlags flags, PrintWriter err) {
    this.file = file;
    this.present = first;
    this.flags = flags;
    this.operating = flags.operating();
    this.err = err;
    this.network = new JettyNetwork(flags.options(first.server(), this::say));
  }

  /** The exit code. */
  int run() throws InterruptedException {
    try (operating;
        network;
        Signals _ = Signals.handledBy(this::signalled)) {
      for (AppSettings app : present.apps()) {
        startOrSay(app);
      }
      router.lead(present.apps());
      for (InetSocketAddress address : present.listen()) {
        network.listen(address, router, new Announced());
      }
      openAdmin(present.listen().size());
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a server is never a failure.", e);
    } finally {
      router.running().forEach(HostedApp::close);
    }
  }

  private void openAdmin(int ports) {
    operating.apps(this::appStatus);
    try {
      operating
          .open(() -> listening.get() == ports)
          .ifPresent(
              address ->
                  say(
                      "The admin port is at http://%s:%d/"
                          .formatted(address.getHostString(), address.getPort())));
    } catch (IOException e) {
      say("runnel: The admin port can't be opened: %s.".formatted(e.getMessage()));
      end.complete(1);
    }
  }

  private Map<String, WorkerStatus> appStatus() {
    Map<String, WorkerStatus> all = new TreeMap<>();
    router.apps().forEach((name, app) -> app.status().ifPresent(status -> all.put(name, status)));
    return all;
  }

  /** An app that can't be started leaves the others alone. */
  private void startOrSay(AppSettings settings) throws InterruptedException {
    HostedApp app = hosted(settings);
    router.apps().put(settings.name(), app);
    try {
      app.start();
    } catch (WorkerException e) {
      app.say("The app can't be started: " + ProgramRun.shown(e.error()));
    } catch (IllegalArgumentException e) {
      app.say("The app can't be started: " + e.getMessage());
    }
  }

  private HostedApp hosted(AppSettings settings) {
    return new HostedApp(
        settings,
        new HostedApp.Surroundings(
            stores, router::service, network.idling(), operating, this::say));
  }

  private void signalled(Signals.Signal signal) {
    if (signal.name().equals(Signals.RELOAD)) {
      Thread.startVirtualThread(this::reload);
    } else if (!stopping.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(signal.exitCode());
    } else {
      Thread.startVirtualThread(() -> stop(signal.served()));
    }
  }

  private void stop(int exitCode) {
    try {
      operating.leave();
      if (!network.drain(present.drain())) {
        say(
            "runnel: Requests were still open after %d ms and were cut off."
                .formatted(present.drain().toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.complete(exitCode);
  }

  /** Reads the file again: apps come and go, and the others are started anew from their files. */
  private synchronized void reload() {
    ServeFile next;
    try {
      next = ServeFile.read(file);
    } catch (ServeFileException e) {
      say("runnel: Everything goes on as it was. " + e.sentence());
      return;
    }
    if (!next.listen().equals(present.listen()) || !next.server().equals(present.server())) {
      say("runnel: What has changed in \"listen\" and [server] counts from the next start on.");
    }
    try {
      exchange(next);
      say("runnel: %s was read again.".formatted(file));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void exchange(ServeFile next) throws InterruptedException {
    List<AppSettings> kept = new ArrayList<>();
    List<HostedApp> old = new ArrayList<>();
    for (AppSettings settings : next.apps()) {
      kept.add(replaced(settings, old));
    }
    Set<String> names = kept.stream().map(AppSettings::name).collect(Collectors.toSet());
    router.lead(kept);
    for (String name : List.copyOf(router.apps().keySet())) {
      if (!names.contains(name)) {
        old.add(router.apps().remove(name));
      }
    }
    present = new ServeFile(present.listen(), present.server(), next.drain(), kept);
    for (HostedApp one : old) {
      Thread.startVirtualThread(() -> retire(one));
    }
  }

  /** Returns the settings that hold from now on: the former ones when the new ones fail. */
  private AppSettings replaced(AppSettings settings, List<HostedApp> old)
      throws InterruptedException {
    HostedApp former = router.apps().get(settings.name());
    if (former == null || !former.isRunning()) {
      if (former != null) {
        old.add(former);
      }
      startOrSay(settings);
      return settings;
    }
    HostedApp changed = hosted(settings);
    try {
      changed.start();
    } catch (WorkerException | IllegalArgumentException e) {
      String why =
          e instanceof WorkerException failed
              ? ProgramRun.shown(failed.error())
              : String.valueOf(e.getMessage());
      changed.say("The app goes on as it was, because it can't be reloaded: " + why);
      return former.settings();
    }
    router.apps().put(settings.name(), changed);
    old.add(former);
    return settings;
  }

  private void retire(HostedApp app) {
    try {
      app.retire(app.settings().options().pool().drain());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    synchronized (err) {
      err.println(text);
      err.flush();
    }
  }

  /** Says where the apps are served, or why they cannot be. */
  private final class Announced implements Network.Opened {
    @Override
    public void listening(Network.Listener listener) {
      listening.incrementAndGet();
      say("Listening on " + ProgramRun.url(listener.address(), flags));
    }

    @Override
    public void failed(String code, String message) {
      say("runnel: The apps cannot be served: %s.".formatted(message));
      end.complete(1);
    }
  }
}
