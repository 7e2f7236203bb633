package dev.runnel.runtime.worker;

import dev.runnel.runtime.error.ProgramError;
import java.time.Duration;

/**
 * Hears of a program's isolates, and of what goes wrong in one that goes on, so that somebody can
 * log it. From any thread.
 */
public interface WorkerObserver {
  WorkerObserver SILENT =
      new WorkerObserver() {
        @Override
        public void uncaught(ProgramError error) {}

        @Override
        public void isolateLost(String limit, String sentence) {}
      };

  /** An isolate takes requests, so long after it was begun with. */
  default void isolateReady(Duration took) {}

  /** An error that the program did not catch. */
  void uncaught(ProgramError error);

  /**
   * An isolate ended. If the program serves, another one takes its place; a script has failed.
   *
   * @param limit the limit that it hit, as options name it, or {@code ""}
   */
  void isolateLost(String limit, String sentence);
}
