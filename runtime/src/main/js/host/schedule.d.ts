/** Implemented by ScheduleHost.java. */
declare module "host:schedule" {
  /** A scheduled event is over, all that it gave to waitUntil included. An id that isn't open is ignored. */
  export function done(id: number, succeeded: boolean): void;
}
