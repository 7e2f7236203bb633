package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.binding.Bindings;

/**
 * The values of a program's {@code env}, asked for when they are first used: no heap has them
 * before that, and a start that has used one is not copied.
 */
public final class BindingsHost {
  private final Bindings bindings;
  private final Runnable onUse;

  public BindingsHost(Bindings bindings, Runnable onUse) {
    this.bindings = bindings;
    this.onUse = onUse;
  }

  public HostModule module() {
    return HostModule.named("bindings").function("text", this::text);
  }

  private JsValue text(Arguments args) {
    onUse.run();
    String name = args.string(0, "name");
    return bindings
        .text(name)
        .map(JsValue::of)
        .orElseThrow(() -> HostError.type("", "There is no value called %s.", name));
  }
}
