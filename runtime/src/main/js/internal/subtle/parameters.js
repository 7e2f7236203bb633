// The dictionaries of algorithm parameters - https://w3c.github.io/webcrypto/#algorithm-dictionaries
// and https://wicg.github.io/webcrypto-modern-algos/
import { isCryptoKey } from "../../web/crypto_key.js";
import { copyOf, toAlgorithm, toBufferSource } from "internal:subtle/arguments";
import { toDOMString, toEnforcedRange } from "internal:webidl";

/** A member's conversion, from its value and where it stands. */
const octet = (value, where) => toEnforcedRange(value, where, 0xff);
const unsignedShort = (value, where) => toEnforcedRange(value, where, 0xffff);
const unsignedLong = (value, where) => toEnforcedRange(value, where, 0xffffffff);

function bufferSource(value, where) {
  return copyOf(toBufferSource(value, where));
}

function bigInteger(value, where) {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`${where}: the value is not a Uint8Array.`);
  }
  return value.slice();
}

function key(value, where) {
  if (!isCryptoKey(value)) {
    throw new TypeError(`${where}: the value is not a CryptoKey.`);
  }
  return value;
}

/** Left as it is: it is normalized after all members have been read. */
function algorithm(value) {
  return toAlgorithm(value);
}

/** Members in the order in which Web IDL reads them; a `?` marks optional ones. */
function dictionary(name, members) {
  const readers = Object.entries(members)
    .map(([label, convert]) => ({ member: label.replace("?", ""), isRequired: !label.endsWith("?"), convert }))
    .sort((a, b) => (a.member < b.member ? -1 : 1));
  return (source) => {
    const read = {};
    for (const { member, isRequired, convert } of readers) {
      const value = source[member];
      if (value !== undefined) {
        read[member] = convert(value, `${name}.${member}`);
      } else if (isRequired) {
        throw new TypeError(`${name}: the member '${member}' is required.`);
      }
    }
    return read;
  };
}

export const NoParams = dictionary("Algorithm", {});
export const RsaHashedKeyGenParams = dictionary("RsaHashedKeyGenParams", {
  hash: algorithm, modulusLength: unsignedLong, publicExponent: bigInteger,
});
export const HashParams = dictionary("HashedParams", { hash: algorithm });
export const RsaPssParams = dictionary("RsaPssParams", { saltLength: unsignedLong });
export const RsaOaepParams = dictionary("RsaOaepParams", { "label?": bufferSource });
export const EcKeyParams = dictionary("EcKeyParams", { namedCurve: toDOMString });
export const KeyDeriveParams = dictionary("EcdhKeyDeriveParams", { public: key });
export const ContextParams = dictionary("ContextParams", { "context?": bufferSource });
export const AesCtrParams = dictionary("AesCtrParams", { counter: bufferSource, length: octet });
export const AesCbcParams = dictionary("AesCbcParams", { iv: bufferSource });
export const AeadParams = dictionary("AeadParams", {
  "additionalData?": bufferSource, iv: bufferSource, "tagLength?": octet,
});
export const AesKeyParams = dictionary("AesKeyGenParams", { length: unsignedShort });
export const HmacKeyParams = dictionary("HmacKeyGenParams", { hash: algorithm, "length?": unsignedLong });
export const HkdfParams = dictionary("HkdfParams", { hash: algorithm, info: bufferSource, salt: bufferSource });
export const Pbkdf2Params = dictionary("Pbkdf2Params", {
  hash: algorithm, iterations: unsignedLong, salt: bufferSource,
});
