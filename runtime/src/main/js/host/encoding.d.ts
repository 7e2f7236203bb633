/** Implemented by EncodingHost.java. */
declare module "host:encoding" {
  /** UTF-8; a lone surrogate becomes U+FFFD. */
  export function encode(text: string): Uint8Array;
  /**
   * Writes whole characters while they fit, at most 2^26 - 1 bytes. Returns read * 2^16 + written when the first is
   * below 2^15 and the second below 2^16, otherwise -(read * 2^26 + written).
   */
  export function encodeInto(text: string, target: Uint8Array): number;
  /** The name of the WHATWG encoding with that label, in lower case; undefined when there is none. */
  export function encodingOf(label: string): string | undefined;
  /** flags: 1 fatal, 2 keep the byte order mark. Throws a TypeError, ERR_ENCODING_INVALID_ENCODED_DATA, when fatal. */
  export function decode(encoding: string, bytes: Uint8Array, flags: number): string;
  /** How many of the last bytes are the start of a character that the next chunk completes. */
  export function incompleteTail(encoding: string, bytes: Uint8Array): number;
}
