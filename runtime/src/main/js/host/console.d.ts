/** Implemented by ConsoleHost.java. */
declare module "host:console" {
  /** level: "debug", "info", "log", "warn" or "error"; the text has no line end. */
  export function log(level: string, text: string): void;
}
