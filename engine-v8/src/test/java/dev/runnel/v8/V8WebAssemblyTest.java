package dev.runnel.v8;

import dev.runnel.engine.Engine;
import dev.runnel.engine.WebAssemblyContract;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.runnel.v8.V8Platform#runsHere",
    disabledReason = "V8's native library does not run here.")
class V8WebAssemblyTest extends WebAssemblyContract {
  @Override
  protected Engine engine() {
    return new V8Engine();
  }
}
