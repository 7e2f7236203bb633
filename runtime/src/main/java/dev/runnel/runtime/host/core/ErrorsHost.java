package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;

/** Backs {@code internal/errors.js}: where uncaught errors end. */
public final class ErrorsHost {

  /** Takes an error that nobody caught. */
  @FunctionalInterface
  public interface Uncaught {
    void uncaught(String name, String message, String stack, boolean isRejection);
  }

  private final Uncaught receiver;

  public ErrorsHost(Uncaught receiver) {
    this.receiver = receiver;
  }

  public HostModule module() {
    return HostModule.named("errors").function("uncaught", this::uncaught);
  }

  private JsValue uncaught(Arguments args) {
    receiver.uncaught(
        args.string(0, "name"),
        args.string(1, "message"),
        args.string(2, "stack"),
        args.bool(3, "isRejection"));
    return JsValue.UNDEFINED;
  }
}
