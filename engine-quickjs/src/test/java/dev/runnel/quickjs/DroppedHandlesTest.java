package dev.runnel.quickjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Host functions may ignore the objects that they are passed. */
class DroppedHandlesTest {
  private static final int OBJECTS = 20_000;

  private final ModuleLoader loader =
      new ModuleLoader() {
        @Override
        public String resolve(String specifier, String referrer) {
          return specifier;
        }

        @Override
        public ModuleSource load(String name) {
          return ModuleSource.of(
              "import { ignore } from 'host:test'; globalThis.ignore = ignore; ignore({})");
        }
      };

  @Test
  @Timeout(60)
  void areFreedOnceJavaHasCollectedThem() {
    HostModule host = HostModule.named("test").function("ignore", _ -> JsValue.UNDEFINED);
    try (QuickJsIsolate isolate = new QuickJsIsolate(new IsolateOptions(loader, List.of(host)))) {
      isolate.evaluateModule("main");
      long before = isolate.memoryUse().usedBytes();

      isolate.evaluateScript(
          "a.js", "for (let i = 0; i < " + OBJECTS + "; i++) ignore({ big: 'x' + i })");

      assertThat(isolate.memoryUse().usedBytes()).isGreaterThan(before);
      while (isolate.memoryUse().usedBytes() > before + OBJECTS) {
        System.gc();
      }
    }
  }
}
