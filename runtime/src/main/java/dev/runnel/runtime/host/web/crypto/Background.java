package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.JsValue;
import java.util.concurrent.Callable;

/** Lets an isolate wait for work that is done elsewhere. */
public interface Background {
  /** Starts blocking work on a thread of its own and returns its completion's id. */
  int start(Callable<JsValue> work);

  /** True when nobody waits any more. From any thread. */
  boolean hasEnded();
}
