package dev.runnel.runtime.host.node;

import dev.runnel.engine.JsValue;
import java.util.concurrent.Callable;

/** Starts blocking work on a thread of its own and returns the id of its completion. */
@FunctionalInterface
public interface CompletionStarter {
  int start(Callable<JsValue> work);
}
