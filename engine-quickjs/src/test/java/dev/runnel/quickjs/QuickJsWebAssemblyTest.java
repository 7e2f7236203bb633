package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.WebAssemblyContract;

class QuickJsWebAssemblyTest extends WebAssemblyContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
