package dev.runnel.runtime.worker;

import dev.runnel.engine.HostModule;
import dev.runnel.runtime.guest.GuestServices;
import dev.runnel.runtime.host.web.WebHosts;
import java.util.ArrayList;
import java.util.List;

/** The host modules of the Web and Node APIs, for one guest. */
final class StandardHosts {
  /** What {@code navigator.userAgent} says after {@code Runnel/}. */
  private static final String VERSION = "0.1.0";

  private StandardHosts() {}

  static List<HostModule> of(GuestServices services, WorkerOptions options) {
    List<HostModule> modules = new ArrayList<>();
    modules.addAll(WebHosts.of(new ConsoleOutput(options.output()), VERSION));
    return List.copyOf(modules);
  }
}
