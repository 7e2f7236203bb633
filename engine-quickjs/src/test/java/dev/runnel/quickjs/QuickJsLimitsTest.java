package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.LimitsContract;

class QuickJsLimitsTest extends LimitsContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
