package dev.runnel.quickjs;

import dev.runnel.engine.Engine;
import dev.runnel.engine.SnapshotContract;

class QuickJsSnapshotTest extends SnapshotContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
