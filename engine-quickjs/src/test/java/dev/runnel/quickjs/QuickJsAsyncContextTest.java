package dev.runnel.quickjs;

import dev.runnel.engine.AsyncContextContract;
import dev.runnel.engine.Engine;

class QuickJsAsyncContextTest extends AsyncContextContract {
  @Override
  protected Engine engine() {
    return Engine.named("quickjs");
  }
}
