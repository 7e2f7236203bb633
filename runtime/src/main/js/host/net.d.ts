/** Implemented by NetHost.java. Failures have the system's codes. */
declare module "host:net" {
  /**
   * Looks the host up and connects; family is 4, 6 or 0 for both. Completes with JSON:
   * { id, localAddress, localPort, remoteAddress, remotePort }.
   */
  export function connect(host: string, port: number, family: number): number;
  /**
   * Answers a request with 101 and these headers, a flat list joined by line ends, and takes its connection over;
   * completes as connect does.
   */
  export function upgrade(exchange: number, statusText: string, headers: string): number;
  /** Opens a port; host "" is all interfaces. Completes with JSON: { id, address, port }. */
  export function listen(host: string, port: number, backlog: number): number;
  /** The same of an IP address, as host is then; returns the JSON. */
  export function listenAtOnce(host: string, port: number, backlog: number): string;
  /** Waits for a port's next connection; completes as connect does. */
  export function accept(id: number): number;
  /** Ends a port's accept, which may still bring a connection; the port's id stays until it is closed. */
  export function stop(id: number): void;
  /** Completes with a Uint8Array, or null at the end. One read at a time; the program doesn't wait for it. */
  export function read(id: number): number;
  /** Completes when the network has taken all of it. One write at a time. */
  export function write(id: number, bytes: Uint8Array): number;
  /** Nothing more will be written. Completes with undefined. */
  export function end(id: number): number;
  export function close(id: number): void;
  /** Closes so that the other side sees a failure. */
  export function reset(id: number): void;
  /** Whether the socket keeps the program alive; not at first. */
  export function reference(id: number, keepsAlive: boolean): void;
  export function noDelay(id: number, on: boolean): void;
  export function keepAlive(id: number, on: boolean): void;
  /** Two connected ends within this process. JSON: an array of two descriptions as connect has them, as text. */
  export function pair(): string;
  /** Completes with the name that a TLS client asks for, or ""; the handshake is still to come. */
  export function askedName(id: number): number;
  /**
   * Shakes hands; settings are those of TlsSettings.java, as JSON. What is read and written from then on is plain text.
   * Completes with JSON: { protocol, cipher, alpn, servername, failure?, chain }.
   */
  export function secure(id: number, settings: string): number;
  /** Asks name servers ("" are the machine's own). Completes with a JSON array of records as text. */
  export function records(name: string, type: string, servers: string): number;
  /** Completes with a JSON array of addresses, never empty. */
  export function lookup(host: string, family: number): number;
}
