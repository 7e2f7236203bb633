package dev.runnel.runtime.guest;

import dev.runnel.engine.Isolate;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.Mailbox;
import dev.runnel.engine.Rejection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What follows each call into the guest: the records that it wrote, ticks, promise jobs and
 * rejections, until there is none of them.
 *
 * <p>Confined to the loop thread.
 */
final class MicrotaskCheckpoint {
  private final Supplier<Isolate> isolate;
  private final Records records;
  private final Consumer<JsException> report;
  private int flags;

  /**
   * @param report gets what a tick or a job threw and nobody caught
   */
  MicrotaskCheckpoint(Supplier<Isolate> isolate, Records records, Consumer<JsException> report) {
    this.isolate = isolate;
    this.records = records;
    this.report = report;
  }

  /** Ticks, jobs and rejections until none is left; then the turn's end, and what that leads to. */
  void perform() {
    do {
      drain();
      if (takeFlag(RecordType.FLAG_TURN_END)) {
        call("turnEnd");
        drain();
      }
    } while ((flags & (RecordType.FLAG_TICKS | RecordType.FLAG_TURN_END)) != 0);
  }

  private void drain() {
    var running = isolate.get();
    boolean again;
    do {
      readMailbox();
      if (takeFlag(RecordType.FLAG_TICKS)) {
        call("ticks");
      }
      runJobs(running);
      again = reportRejections(running);
      readMailbox();
    } while (again || (flags & RecordType.FLAG_TICKS) != 0);
  }

  void runJobs(Isolate running) {
    while (runJob(running)) {
      // The limits are checked between jobs by the watch's interruption.
    }
  }

  private boolean runJob(Isolate running) {
    try {
      return running.runJob();
    } catch (JsException e) {
      report.accept(e);
      return true;
    }
  }

  private boolean reportRejections(Isolate running) {
    List<Rejection> rejections = running.takeRejections();
    for (Rejection rejection : rejections) {
      call(
          "rejection",
          rejection.promise(),
          rejection.reason(),
          rejection.frame(),
          JsValue.of(rejection.handled()));
    }
    return !rejections.isEmpty();
  }

  private void call(String registered, JsValue... arguments) {
    try {
      isolate.get().callVoid(registered, arguments);
    } catch (JsException e) {
      report.accept(e);
    }
  }

  /** Does what the guest has written so far. */
  void readMailbox() {
    Mailbox mailbox = isolate.get().mailbox();
    flags |= mailbox.takeFlags();
    if (!mailbox.isEmpty()) {
      mailbox.readAll(records);
    }
  }

  private boolean takeFlag(int flag) {
    boolean raised = (flags & flag) != 0;
    flags &= ~flag;
    return raised;
  }
}
