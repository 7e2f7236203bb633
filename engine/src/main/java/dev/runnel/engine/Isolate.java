package dev.runnel.engine;

import java.util.List;

/**
 * One JavaScript heap with its own globals, modules and limits.
 *
 * <p>Owned by the thread that opened it: every method but {@link #interrupt} and {@link
 * #helpersCpuNanos} is called there. A method that throws {@link IsolateException} has ended the
 * isolate; all that is left to do then is {@link #close()}.
 *
 * <p>Every engine offers the guest one module of its own, {@code host:isolate}, described in {@code
 * docs/engines.md}.
 */
public interface Isolate extends AutoCloseable {

  /**
   * Evaluates a classic script and returns its completion value.
   *
   * @throws JsException what the script threw, a SyntaxError included
   */
  JsValue evaluateScript(String name, String source);

  /**
   * Loads, links and starts to evaluate the graph below a module that the loader knows by this
   * name. No job runs: with top-level await the evaluation is still pending when this returns.
   *
   * @throws JsException when the graph can't be loaded or linked
   */
  ModuleEvaluation evaluateModule(String name);

  /**
   * Calls a function that the guest registered through {@code host:isolate}.
   *
   * @throws JsException what the function threw
   * @throws IllegalStateException when nothing is registered under that name
   */
  JsValue call(String registered, JsValue... arguments);

  /** The same, of a function whose result nobody wants. */
  default void callVoid(String registered, JsValue... arguments) {
    call(registered, arguments);
  }

  boolean isRegistered(String name);

  /**
   * Runs one pending promise job, or all of them without {@link Engine.Capability#SINGLE_JOBS}.
   * Returns false when there was none.
   */
  boolean runJob();

  /** Promises rejected without a handler, or handled late, since the last call; oldest first. */
  List<Rejection> takeRejections();

  /** The region that the guest writes its records to. Host functions may ask for it too. */
  Mailbox mailbox();

  /** Host functions may ask for it too. */
  MemoryUse memoryUse();

  void collectGarbage();

  /**
   * Copies the heap, so that {@link Engine#open} can start further isolates from it. Free guest
   * memory is scrubbed first.
   *
   * @throws UnsupportedOperationException without {@link Engine.Capability#SNAPSHOT}
   * @throws IllegalStateException while jobs are pending or an async context is current
   */
  Snapshot snapshot();

  /**
   * Ends the isolate from any thread: what runs, stops, and the owner gets an {@link
   * IsolateException.TimedOut} that carries the reason. Idle isolates end at their next call.
   */
  void interrupt(Interruption reason);

  /**
   * The processor time that other threads have used for the guest while it waited for them, in
   * nanoseconds since the isolate was opened. Any thread may ask.
   */
  default long helpersCpuNanos() {
    return 0;
  }

  @Override
  void close();
}
