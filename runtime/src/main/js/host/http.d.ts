/** Implemented by HttpHost.java. Headers travel as one string: name, value, name, value …, joined by line feeds. */
declare module "host:http" {
  /** Throws ERR_INVALID_CHAR, ERR_HTTP_INVALID_STATUS_CODE, ERR_HTTP_HEADERS_SENT. */
  export function head(id: number, status: number, statusText: string, headers: string): void;
  export function informational(id: number, status: number, headers: string): void;
  export function text(id: number, text: string): void;
  export function bytes(id: number, bytes: Uint8Array): void;
  export function trailers(id: number, headers: string): void;
  export function abort(id: number, reason: string): void;
  /** An empty host means all interfaces. The outcome arrives at the registered function "listening". */
  export function listen(id: number, host: string, port: number): void;
  /** "ADDRESS PORT" of a listener, whose port is opened and waited for if need be; undefined when it can't be. */
  export function address(id: number): string | undefined;
}
