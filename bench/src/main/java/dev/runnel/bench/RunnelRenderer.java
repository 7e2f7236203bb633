package dev.runnel.bench;

import dev.runnel.engine.Engine;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.engine.Snapshot;
import java.io.IOException;
import java.util.List;

/** The page in an isolate of ours, opened as production opens one: every limit and check is on. */
final class RunnelRenderer extends Renderer {
  /** The only module there is: it lets Java call the page's function. */
  private static final String MODULE =
      """
      import { register } from "host:isolate";
      register("render", globalThis.render);
      """;

  private static final ModuleLoader LOADER =
      new ModuleLoader() {
        @Override
        public String resolve(String specifier, String referrer) {
          return specifier;
        }

        @Override
        public ModuleSource load(String name) {
          if (!name.equals("bench:page")) {
            throw HostError.system("ENOENT", "There is no module \"%s\".", name);
          }
          return ModuleSource.of(MODULE);
        }
      };

  private final Isolate isolate;

  private RunnelRenderer(Isolate isolate) {
    this.isolate = isolate;
  }

  static Engine engine() {
    return Engine.named("quickjs");
  }

  static IsolateOptions options() {
    return new IsolateOptions(LOADER, List.<HostModule>of());
  }

  /** React and the page, evaluated. */
  static Snapshot snapshot() throws IOException {
    try (Isolate isolate = engine().open(options())) {
      isolate.evaluateScript("page.js", page());
      isolate.evaluateModule("bench:page");
      while (isolate.runJob()) {}
      return isolate.snapshot();
    }
  }

  static String render(Isolate isolate, String seed) {
    return switch (isolate.call("render", JsValue.of(seed))) {
      case JsValue.Str(String html) -> html;
      case JsValue other -> throw new IllegalStateException("render gave " + other.typeName());
    };
  }

  @Override
  String version() {
    return "Runnel, quickjs engine, Java " + Runtime.version();
  }

  @Override
  String render(String seed) {
    return render(isolate, seed);
  }

  public static void main(String[] args) throws IOException {
    try (Isolate isolate = engine().open(options().from(snapshot()))) {
      new RunnelRenderer(isolate).serve();
    }
  }
}
