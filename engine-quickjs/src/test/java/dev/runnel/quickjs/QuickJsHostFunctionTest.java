package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.HostFunctionContract;

class QuickJsHostFunctionTest extends HostFunctionContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
