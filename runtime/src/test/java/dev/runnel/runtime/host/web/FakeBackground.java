package dev.runnel.runtime.host.web;

import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.web.crypto.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Does the work when it is asked for the result. */
final class FakeBackground implements Background {
  private final List<Callable<JsValue>> started = new ArrayList<>();
  private boolean ended;

  @Override
  public int start(Callable<JsValue> work) {
    started.add(work);
    return started.size();
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  int started() {
    return started.size();
  }

  JsValue result(JsValue id) throws Exception {
    return started.get((int) ((JsValue.Num) id).value() - 1).call();
  }
}
