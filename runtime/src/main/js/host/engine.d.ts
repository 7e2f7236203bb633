/** Implemented by EngineHost.java. */
declare module "host:engine" {
  /** Whether the engine has one of the capabilities that Engine.java lists, such as "COMPILED". */
  export function can(capability: string): boolean;
}
