package dev.runnel.runtime.host.fetch;

import dev.runnel.engine.HostError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each request has asked of the program's bindings, for the requests that asked last.
 *
 * <p>Confined to the loop thread.
 */
final class OperationCounts {
  private static final int REMEMBERED = 20_000;

  private final Map<Integer, Integer> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param request its id, or 0 for what belongs to none
   */
  void count(int request, int limit) {
    if (request != 0 && asked.merge(request, 1, Integer::sum) > limit) {
      throw HostError.error(
          "", "Too many API requests by single worker invocation: the limit is %d.", limit);
    }
  }
}
