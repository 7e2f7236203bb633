/** Implemented by SocketHost.java. What becomes of a socket is told to the functions that web/websocket.js registers. */
declare module "host:socket" {
  /** Opens a WebSocket to an http(s) URL; protocols are separated by commas. Returns its id. */
  export function connect(url: string, protocols: string, headers: string): number;
  /** Makes the connection of a request that isn't answered yet a WebSocket; protocol "" is none. Returns its id. */
  export function accept(exchange: number, protocol: string, headers: string): number;
  /** Messages are wanted. */
  export function start(id: number): void;
  /** Cuts the socket off when more than is allowed waits for the network. */
  export function text(id: number, message: string): void;
  export function bytes(id: number, message: Uint8Array): void;
  /** How many bytes the network hasn't taken. */
  export function unsent(id: number): number;
  /** Starts the closing handshake; code 1005 is none. */
  export function close(id: number, code: number, reason: string): void;
}
