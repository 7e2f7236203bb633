package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;

/** Hears when a program's scheduled events are over. */
public final class ScheduleHost {

  /** What is done about it. */
  @FunctionalInterface
  public interface Events {
    void done(int id, boolean succeeded);
  }

  private final Events events;

  public ScheduleHost(Events events) {
    this.events = events;
  }

  public HostModule module() {
    return HostModule.named("schedule").function("done", this::done);
  }

  private JsValue done(Arguments args) {
    events.done(args.integer(0, "id", 1, Integer.MAX_VALUE), args.bool(1, "succeeded"));
    return JsValue.UNDEFINED;
  }
}
