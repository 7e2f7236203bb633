package dev.runnel.runtime.worker;

import dev.runnel.engine.HostFunction;
import dev.runnel.engine.HostModule;
import dev.runnel.runtime.snapshot.RecordedReads;
import java.util.Map;
import java.util.Set;

/**
 * Notes the calls whose answer or effect belongs to one start of a program: a heap that has seen
 * them must not be the start of another, where random bytes would repeat and output would be
 * missing.
 */
final class RecordedHosts {
  /** By module, what is noted; an empty set means every function. */
  private static final Map<String, Set<String>> FUNCTIONS =
      Map.of(
          "host:fs", Set.of(),
          "host:console", Set.of(),
          "host:compression", Set.of("deflate", "inflate"),
          "host:hash", Set.of("random"),
          "host:watch", Set.of(),
          "host:process",
              Set.of(
                  "write",
                  "writeText",
                  "read",
                  "isTty",
                  "hrtime",
                  "uptime",
                  "memoryUsage",
                  "cpuUsage",
                  "pid",
                  "system",
                  "sleep"));

  private RecordedHosts() {}

  static HostModule of(HostModule module, RecordedReads reads) {
    Set<String> noted = FUNCTIONS.get(module.specifier());
    if (noted == null) {
      return module;
    }
    var recorded = HostModule.named(module.specifier().substring("host:".length()));
    module
        .functions()
        .forEach(
            (name, function) ->
                recorded.function(
                    name,
                    noted.isEmpty() || noted.contains(name)
                        ? noting(module.specifier() + "." + name, function, reads)
                        : function));
    return recorded;
  }

  private static HostFunction noting(String what, HostFunction function, RecordedReads reads) {
    return args -> {
      reads.unrepeatable(what);
      return function.call(args);
    };
  }
}
