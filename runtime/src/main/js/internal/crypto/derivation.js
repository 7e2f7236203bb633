// pbkdf2, hkdf and scrypt - https://nodejs.org/api/crypto.html#cryptopbkdf2password-salt-iterations-keylen-digest-callback
import * as host from "host:subtle";
import { answer, encoded, hashName } from "internal:crypto/bytes";
import { idOf, createSecretKey, secretBytes } from "internal:crypto/key_object";
import { completion } from "internal:completions";
import { codes, nodeError } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInteger, validateString, validateUint32 } from "internal:validators";

const { ERR_CRYPTO_INVALID_DIGEST } = codes;
const MAX_LENGTH = 2 ** 31 - 1;
const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64, "SHA3-256": 32, "SHA3-384": 48, "SHA3-512": 64 };
const DEFAULT_MAXMEM = 32 * 1024 * 1024;

export function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  validateFunction(callback, "callback");
  const { hash, key } = pbkdf2Arguments(password, iterations, keylen, digest);
  const saltBytes = encoded(salt, undefined, "salt");
  deliver(() => host.pbkdf2(hash, idOf(key), saltBytes, iterations, keylen), callback);
}

export function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const { hash, key } = pbkdf2Arguments(password, iterations, keylen, digest);
  return answer(host.pbkdf2Now(hash, idOf(key), encoded(salt, undefined, "salt"), iterations, keylen));
}

function pbkdf2Arguments(password, iterations, keylen, digest) {
  validateString(digest, "digest");
  const key = createSecretKey(encoded(password, undefined, "password"));
  validateUint32(iterations, "iterations", true);
  validateInteger(keylen, "keylen", 0, MAX_LENGTH);
  return { hash: requiredHash(digest), key };
}

function requiredHash(digest) {
  const hash = hashName(digest);
  if (hash === undefined) throw new ERR_CRYPTO_INVALID_DIGEST(digest);
  return hash;
}

/** The callback gets what the completion that was started gives. */
function deliver(start, callback) {
  completion(start()).then(
    (bytes) => nextTick(callback, null, answer(bytes)),
    (error) => nextTick(callback, error),
  );
}

export function hkdfSync(digest, key, salt, info, keylen) {
  validateString(digest, "digest");
  const secret = createSecretKey(secretBytes(key, undefined, "ikm"));
  const saltBytes = encoded(salt, undefined, "salt");
  const infoBytes = encoded(info, undefined, "info");
  validateInteger(keylen, "length", 0, MAX_LENGTH);
  const hash = requiredHash(digest);
  if (keylen > 255 * HASH_BYTES[hash]) throw nodeError("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length", RangeError);
  const bytes = host.hkdf(hash, idOf(secret), saltBytes, infoBytes, keylen);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export function hkdf(digest, key, salt, info, keylen, callback) {
  validateFunction(callback, "callback");
  nextTick(callback, null, hkdfSync(digest, key, salt, info, keylen));
}

export function scryptSync(password, salt, keylen, options) {
  return answer(host.scryptNow(...scryptArguments(password, salt, keylen, options)));
}

export function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) [options, callback] = [undefined, options];
  const given = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, "callback");
  deliver(() => host.scrypt(...given), callback);
}

function scryptArguments(password, salt, keylen, options = {}) {
  const passwordBytes = encoded(password, undefined, "password");
  const saltBytes = encoded(salt, undefined, "salt");
  validateInteger(keylen, "keylen", 0, MAX_LENGTH);
  const N = options.N ?? options.cost ?? 16384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  const maxmem = options.maxmem ?? DEFAULT_MAXMEM;
  validateUint32(N, "N");
  validateUint32(r, "r");
  validateUint32(p, "p");
  if (N < 2 || (N & (N - 1)) !== 0 || r < 1 || p < 1) throw invalidScrypt("Invalid scrypt params");
  if (128 * N * r > maxmem) throw invalidScrypt("Invalid scrypt params: memory limit exceeded");
  return [passwordBytes, saltBytes, N, r, p, keylen];
}

function invalidScrypt(message) {
  return nodeError("ERR_CRYPTO_INVALID_SCRYPT_PARAMS", message, RangeError);
}
