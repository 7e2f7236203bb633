package dev.runnel.quickjs;

import java.util.List;
import java.util.Map;

/**
 * All that Java knows of a heap beside its bytes: where to find what in it. Part of a snapshot.
 *
 * @param runtime address of the JSRuntime
 * @param context address of the JSContext
 * @param primordials the array of {@link Primordials}
 * @param mailbox where the shared region is
 * @param hostFunctions names of the host functions that the heap refers to, in the order of their
 *     numbers
 * @param registered the guest's functions that Java may call, by name
 */
record Roots(
    int runtime,
    int context,
    long primordials,
    MailboxRegion.Place mailbox,
    List<String> hostFunctions,
    Map<String, Long> registered) {

  Roots {
    hostFunctions = List.copyOf(hostFunctions);
    registered = Map.copyOf(registered);
  }
}
