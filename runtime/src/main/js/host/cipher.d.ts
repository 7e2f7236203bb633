/** Implemented by CipherHost.java. */
declare module "host:cipher" {
  /** JSON: by name, `mode`, `keyLength` and `ivLength` (0 for none, -1 for any) in bytes. */
  export function ciphers(): string;
  /** Returns the cipher's id. Directions: encrypt, decrypt. Paddings: PKCS5Padding, NoPadding. */
  export function open(
    cipher: string, direction: string, key: Uint8Array, iv: Uint8Array, padding: string, authTagLength: number,
  ): number;
  export function updateAad(id: number, data: Uint8Array): void;
  export function update(id: number, data: Uint8Array): Uint8Array;
  /** What remains; the tag goes in when authenticated data is decrypted, and comes last when it is encrypted. */
  export function finish(id: number, tag: Uint8Array): Uint8Array;
  /** Forgets a cipher that was never finished. */
  export function close(id: number): void;
}
