package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.Engine;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.util.Arrays;

/** Tells built-in JavaScript what the engine can do, never which one it is. */
public final class EngineHost {
  private final Engine engine;

  public EngineHost(Engine engine) {
    this.engine = engine;
  }

  public HostModule module() {
    return HostModule.named("engine").function("can", this::can);
  }

  private JsValue can(Arguments args) {
    String name = args.string(0, "capability");
    return Arrays.stream(Engine.Capability.values())
        .filter(capability -> capability.name().equals(name))
        .findFirst()
        .map(capability -> JsValue.of(engine.capabilities().contains(capability)))
        .orElseThrow(
            () -> HostError.type("ERR_INVALID_ARG_VALUE", "There is no capability %s.", name));
  }
}
