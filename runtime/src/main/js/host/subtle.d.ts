/**
 * Implemented by SubtleHost.java. Keys stay in Java; a number stands for each. What may take long answers the id of a
 * completion instead of a result. Names of algorithms and hashes are Web Cryptography's, in its own spelling; what the
 * standard says of them has been checked.
 */
declare module "host:subtle" {
  type Later<T> = T | number;

  export function generateSecret(length: number): number;
  export function importSecret(key: Uint8Array): number;
  export function exportSecret(key: number): Uint8Array;

  /** Families: RSA, P-256, P-384, P-521, and the names of algorithms whose keys are seeds. A private key. */
  export function generateKey(family: string): number;
  /** Throws what generateRsa would throw. */
  export function checkRsa(modulusLength: number, publicExponent: Uint8Array): void;
  /** A completion whose result is a private key. */
  export function generateRsa(modulusLength: number, publicExponent: Uint8Array): number;
  /** Formats: spki, pkcs8, raw (public), seed (private). Throws DataError. */
  export function importKey(family: string, format: string, keyData: Uint8Array): number;
  /** The members that hold numbers, as JSON. */
  export function importJwk(family: string, jwk: string): number;
  export function exportKey(key: number, format: string): Uint8Array;
  export function exportJwk(key: number): string;
  export function publicKey(privateKey: number): number;
  export function isPrivate(key: number): boolean;
  export function modulusLength(key: number): number;
  export function publicExponent(key: number): Uint8Array;
  /** Forgets a key that nobody holds any more. */
  export function free(key: number): void;

  export function digest(algorithm: string, data: Uint8Array): Later<Uint8Array>;
  /** The hash is empty where the algorithm fixes it, the salt length 0 where there is no salt. */
  export function sign(algorithm: string, hash: string, key: number, data: Uint8Array, saltLength: number): Later<Uint8Array>;
  export function verify(
    algorithm: string, hash: string, key: number, data: Uint8Array, saltLength: number, signature: Uint8Array,
  ): Later<boolean>;

  export function encryptCbc(key: number, data: Uint8Array, iv: Uint8Array): Later<Uint8Array>;
  export function decryptCbc(key: number, data: Uint8Array, iv: Uint8Array): Later<Uint8Array>;
  /** Encrypts and decrypts. */
  export function ctr(key: number, data: Uint8Array, counter: Uint8Array, length: number): Later<Uint8Array>;
  export function encryptGcm(
    key: number, data: Uint8Array, iv: Uint8Array, additionalData: Uint8Array, tagLength: number,
  ): Later<Uint8Array>;
  export function decryptGcm(
    key: number, data: Uint8Array, iv: Uint8Array, additionalData: Uint8Array, tagLength: number,
  ): Later<Uint8Array>;
  export function encryptChaCha(
    key: number, data: Uint8Array, iv: Uint8Array, additionalData: Uint8Array, tagLength: number,
  ): Later<Uint8Array>;
  export function decryptChaCha(
    key: number, data: Uint8Array, iv: Uint8Array, additionalData: Uint8Array, tagLength: number,
  ): Later<Uint8Array>;
  export function wrapAes(key: number, data: Uint8Array): Later<Uint8Array>;
  export function unwrapAes(key: number, data: Uint8Array): Later<Uint8Array>;
  export function encryptOaep(key: number, data: Uint8Array, hash: string, label: Uint8Array): Later<Uint8Array>;
  export function decryptOaep(key: number, data: Uint8Array, hash: string, label: Uint8Array): Later<Uint8Array>;

  /** The whole shared secret of ECDH or X25519. */
  export function agree(privateKey: number, publicKey: number): Uint8Array;
  /** Lengths in bytes. */
  export function hkdf(hash: string, key: number, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** A completion. */
  export function pbkdf2(hash: string, key: number, salt: Uint8Array, iterations: number, length: number): number;
  /** ML-KEM: the secret's 32 bytes, then the ciphertext. */
  export function encapsulate(publicKey: number): Uint8Array;
  export function decapsulate(privateKey: number, ciphertext: Uint8Array): Uint8Array;

  // The same for node:crypto, where the caller waits for the result.

  /** Formats: spki, pkcs8, pkcs1, pkcs1-public, sec1. A key of whatever family the encoding names. */
  export function importEncoded(format: string, keyData: Uint8Array): number;
  export function familyOf(key: number): string;
  export function generateRsaNow(modulusLength: number, publicExponent: Uint8Array): number;
  /** Besides the names that sign() takes, ECDSA-DER. */
  export function signNow(algorithm: string, hash: string, key: number, data: Uint8Array, saltLength: number): Uint8Array;
  export function verifyNow(
    algorithm: string, hash: string, key: number, data: Uint8Array, saltLength: number, signature: Uint8Array,
  ): boolean;
  export function decryptOaepNow(key: number, data: Uint8Array, hash: string, label: Uint8Array): Uint8Array;
  export function pbkdf2Now(hash: string, key: number, salt: Uint8Array, iterations: number, length: number): Uint8Array;
  /** A completion. Throws ERR_CRYPTO_INVALID_SCRYPT_PARAMS above its limits. */
  export function scrypt(password: Uint8Array, salt: Uint8Array, N: number, r: number, p: number, keylen: number): number;
  export function scryptNow(
    password: Uint8Array, salt: Uint8Array, N: number, r: number, p: number, keylen: number,
  ): Uint8Array;
}
