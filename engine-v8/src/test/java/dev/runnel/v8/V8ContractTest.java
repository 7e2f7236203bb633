package dev.runnel.v8;

import dev.runnel.engine.Engine;
import dev.runnel.engine.EngineContract;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.runnel.v8.V8Platform#runsHere",
    disabledReason = "V8's native library does not run here.")
class V8ContractTest extends EngineContract {
  private static final Engine V8 = new V8Engine();

  @Override
  protected Engine engine() {
    return V8;
  }
}
