/**
 * Implemented by FetchHost.java. Headers travel as one string: name, value, name, value …, joined by line feeds. What
 * comes of a request arrives at the registered functions "fetchHead", "fetchFailed", "fetchWritable", "fetchChunk",
 * "fetchEnd" and "fetchBroken". An id that is no longer open is ignored.
 */
declare module "host:fetch" {
  /**
   * service: whose binding is asked, "" for the network. body: its bytes, true when it follows, undefined for none.
   * request: on behalf of which request, 0 for none. Fields that belong to a connection are left out. Returns its id. Throws a TypeError for an unknown service, a URL that isn't http(s), a forbidden method, an invalid header, or too many.
   */
  export function send(service: string, method: string, url: string, headers: string, body: Uint8Array | true | undefined, request: number): number;
  /**
   * Asks what stands under that name in env, on behalf of the request of that id (0: of none). details: a JSON object.
   * Returns an id, as send does. Throws when there is nothing of that name, the question makes no sense, or the request
   * has asked too much.
   */
  export function ask(binding: string, request: number, operation: string, details: string, body?: Uint8Array | true): number;
  /** False: wait for "fetchWritable", which doesn't come when the request is over. */
  export function write(id: number, bytes: Uint8Array): boolean;
  export function end(id: number): void;
  /** What is read from now on is unpacked: "gzip" or "deflate". */
  export function decode(id: number, coding: string): void;
  /** Asks for one chunk of the answer. */
  export function pull(id: number): void;
  /** Nobody wants the answer's body. */
  export function discard(id: number): void;
  export function abort(id: number): void;
  /** Sends the answer's unread body as the rest of the answer to an incoming request. */
  export function forward(id: number, exchange: number): void;
}
