/** Implemented by PerformanceHost.java. */
declare module "host:performance" {
  /** Milliseconds since timeOrigin, with fractions; coarsened for hosted apps. */
  export function now(): number;
  /** Milliseconds since the Unix epoch at which this isolate started. */
  export function timeOrigin(): number;
  /** The version of this project, as in the user agent. */
  export function version(): string;
}
