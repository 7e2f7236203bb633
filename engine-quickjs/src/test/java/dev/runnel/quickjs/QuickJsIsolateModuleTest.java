package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.IsolateModuleContract;

class QuickJsIsolateModuleTest extends IsolateModuleContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
