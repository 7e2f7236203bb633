package dev.runnel.runtime.host.core;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.module.Builtins;
import dev.runnel.runtime.module.ProgramModules;

/** Backs {@code internal/cjs.js}: how {@code require} finds and reads files. */
public final class ModulesHost {
  private final ProgramModules modules;
  private final Builtins builtins;

  public ModulesHost(ProgramModules modules, Builtins builtins) {
    this.modules = modules;
    this.builtins = builtins;
  }

  public HostModule module() {
    return HostModule.named("modules")
        .function("resolve", this::resolve)
        .function("kind", this::kind)
        .function("read", args -> JsValue.of(modules.read(args.string(0, "name"))));
  }

  private JsValue resolve(Arguments args) {
    String specifier = args.string(0, "specifier");
    String referrer = args.string(1, "referrer");
    return JsValue.of(
        args.string(2, "mode").equals("require")
            ? modules.resolveRequired(specifier, referrer)
            : modules.resolve(specifier, referrer));
  }

  private JsValue kind(Arguments args) {
    String name = args.string(0, "name");
    if (builtins.isBuiltinName(name)) {
      return JsValue.of("builtin");
    }
    return JsValue.of(
        switch (modules.format(name)) {
          case ES_MODULE -> "esm";
          case COMMON_JS -> "cjs";
          case JSON -> "json";
        });
  }
}
