/** Implemented by BufferHost.java. Encodings are "utf8", "utf16le", "latin1", "ascii", "base64", "base64url" and "hex". */
declare module "host:buffer" {
  export function encode(text: string, encoding: string): Uint8Array;
  /** Writes as many whole characters as fit. Returns the number of bytes written. */
  export function write(text: string, encoding: string, target: Uint8Array): number;
  /** Never fails: what isn't valid becomes U+FFFD. */
  export function decode(bytes: Uint8Array, encoding: string): string;
  /** The number of bytes that encode() would return; an estimate from the length for base64 and hex, as Node has it. */
  export function byteLength(text: string, encoding: string): number;
  /** -1, 0 or 1, bytes compared as unsigned. */
  export function compare(a: Uint8Array, b: Uint8Array): number;
  /** The first match at or after `from` (the last one at or before it when not forward), or -1. Matches start at a multiple of step. */
  export function indexOf(haystack: Uint8Array, needle: Uint8Array, from: number, forward: boolean, step: number): number;
  export function isUtf8(bytes: Uint8Array): boolean;
  export function isAscii(bytes: Uint8Array): boolean;
}
