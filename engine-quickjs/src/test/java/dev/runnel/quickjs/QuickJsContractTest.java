package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.EngineContract;

/** The engine, found as its users find it, keeps the contract of all engines. */
class QuickJsContractTest extends EngineContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
