package dev.runnel.engine;

/**
 * Finds the modules that a guest imports. Called on the isolate's thread while the guest waits, for
 * static imports and for {@code import()} alike.
 */
public interface ModuleLoader {

  /**
   * The name under which the module is loaded once: equal names are the same module.
   *
   * @param referrer the name of the importing module or script
   * @throws HostError when nothing answers to the specifier
   */
  String resolve(String specifier, String referrer);

  /**
   * @param name what {@link #resolve} returned; never a {@code host:} module's
   * @throws HostError when it can't be read
   */
  ModuleSource load(String name);
}
