/** Implemented by ProcessHost.java. */
declare module "host:process" {
  /** fd 1 or 2. */
  export function write(fd: number, bytes: Uint8Array): void;
  export function writeText(fd: number, text: string): void;
  /** Starts a read of standard input. Completes with a Uint8Array, or null at its end. */
  export function read(): number;
  export function isTty(fd: number): boolean;
  /** Ends the isolate; in `run` the process, with that code. */
  export function exit(code: number): never;
  /** Nanoseconds from an arbitrary start. */
  export function hrtime(): bigint;
  /** Seconds since the isolate started. */
  export function uptime(): number;
  /** JSON: { rss, heapTotal, heapUsed, external, arrayBuffers }, in bytes. */
  export function memoryUsage(): string;
  /** JSON: { user, system }, in microseconds. */
  export function cpuUsage(): string;
  export function pid(): number;
  /** The program wants to hear of that signal itself: "signal" is called with its name. */
  export function watchSignal(name: string, watch: boolean): void;
  /** JSON of what node:os reports. */
  export function system(): string;
  /** Blocks for that long. Refused for hosted programs. */
  export function sleep(milliseconds: number): void;
}
