/** Implemented by HashHost.java. Algorithms by the names that hashes() lists. */
declare module "host:hash" {
  /** JSON: the names. */
  export function hashes(): string;
  /** Starts a hash; with a key, an HMAC. Returns its id. Throws ERR_CRYPTO_INVALID_DIGEST. */
  export function open(algorithm: string, key?: Uint8Array): number;
  export function update(id: number, bytes: Uint8Array): void;
  export function updateText(id: number, text: string): void;
  /** A copy that goes on by itself. Returns its id. */
  export function copy(id: number): number;
  /** Ends the hash. */
  export function digest(id: number): Uint8Array;
  /** Forgets a hash that was never asked for its digest. */
  export function close(id: number): void;
  export function random(length: number): Uint8Array;
  /** In a time that doesn't depend on where they differ. The lengths are equal. */
  export function equal(a: Uint8Array, b: Uint8Array): boolean;
}
