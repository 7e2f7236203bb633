/** Implemented by BroadcastHost.java. */
declare module "host:broadcast" {
  /** The number of a new channel, which keeps the program running. */
  export function open(name: string): number;
  /** To the channels of the same name in the program's other isolates. Throws when one has not taken what it was sent. */
  export function post(id: number, message: Uint8Array): void;
  export function hold(id: number, holds: boolean): void;
  export function close(id: number): void;
}
