package dev.runnel.engine;

/** A module graph's evaluation, which top-level await can keep pending. */
public interface ModuleEvaluation {

  sealed interface State {}

  record Pending() implements State {}

  /**
   * @param namespace the module's namespace object
   */
  record Evaluated(JsValue.Handle namespace) implements State {}

  record Failed(JsException cause) implements State {}

  State state();
}
