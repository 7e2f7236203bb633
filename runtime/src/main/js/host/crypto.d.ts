/** Implemented by CryptoHost.java. */
declare module "host:crypto" {
  /** Fills the bytes in place. */
  export function fillRandom(bytes: Uint8Array): void;
  /** A version 4 UUID in lower case. */
  export function randomUUID(): string;
}
