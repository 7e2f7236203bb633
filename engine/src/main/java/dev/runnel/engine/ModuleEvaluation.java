package dev.runnel.engine;

/** A module graph's evaluation, which top-level await can keep pending. */
public interface ModuleEvaluation {

  sealed interface State {}

  record Pending() implements State {}

  /**
   * @param namespace the module's namespace object
   */
  record Evaluated(JsValue.Handle namespace) implements State {}

  /**
   * @param thrown the value itself, for the guest
   */
  record Failed(JsException cause, JsValue thrown) implements State {}

  State state();
}
