package dev.runnel.runtime.worker;

import dev.runnel.engine.HostModule;
import dev.runnel.runtime.guest.GuestServices;
import java.util.List;

/** The host modules of the Web and Node APIs, for one guest. */
final class StandardHosts {
  private StandardHosts() {}

  static List<HostModule> of(GuestServices services, WorkerOptions options) {
    return List.of();
  }
}
