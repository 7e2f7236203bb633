/** Implemented by ThreadsHost.java. Ports are ends of channels, named by numbers; `ends` are such numbers with commas. */
declare module "host:threads" {
  /** The number of the first end of a new channel; the second one's follows. */
  export function channel(): number;
  export function send(id: number, message: Uint8Array, ends: string): void;
  /** From now on messages come to `portMessage`. */
  export function start(id: number): void;
  /** The next message: the ends in it, a line feed, its bytes. */
  export function take(id: number): Uint8Array | undefined;
  /** Whether the program goes on while this end is open. */
  export function hold(id: number, holds: boolean): void;
  export function close(id: number): void;
  /** What the creator of this worker gave it, like a message; undefined in a thread that is no worker. */
  export function inherited(): Uint8Array | undefined;
  /** Its number. memory is in bytes, 0 for an equal part of what all workers may have. */
  export function startWorker(program: string, isCode: boolean, settings: string, memory: number, data: Uint8Array, ends: string): number;
  export function terminateWorker(id: number): void;
  export function holdWorker(id: number, holds: boolean): void;
}
