// generateKeyPair, generateKey, diffieHellman, publicEncrypt and privateDecrypt
// https://nodejs.org/api/crypto.html#cryptogeneratekeypairtype-options-callback
import * as host from "host:subtle";
import { answer, encoded, hashName } from "internal:crypto/bytes";
import { constants } from "internal:crypto/constants";
import { idOf, keyObject, privateKey, publicKey } from "internal:crypto/key_object";
import { completion } from "internal:completions";
import { codes, notSupported } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInteger, validateObject, validateOneOf, validateString, validateUint32 } from "internal:validators";

const { ERR_INVALID_ARG_VALUE } = codes;
const CURVES = {
  "P-256": "P-256", prime256v1: "P-256", secp256r1: "P-256",
  "P-384": "P-384", secp384r1: "P-384",
  "P-521": "P-521", secp521r1: "P-521",
};
const FAMILIES = {
  ed25519: "Ed25519", ed448: "Ed448", x25519: "X25519", x448: "X448",
  "ml-dsa-44": "ML-DSA-44", "ml-dsa-65": "ML-DSA-65", "ml-dsa-87": "ML-DSA-87",
  "ml-kem-512": "ML-KEM-512", "ml-kem-768": "ML-KEM-768", "ml-kem-1024": "ML-KEM-1024",
};

export function getCurves() {
  return ["prime256v1", "secp384r1", "secp521r1"];
}

export function generateKeyPairSync(type, options = {}) {
  const id = type === "rsa" ? host.generateRsaNow(...rsaArguments(options)) : generated(type, options);
  return pairOf(id, options);
}

export function generateKeyPair(type, options, callback) {
  if (callback === undefined) [options, callback] = [{}, options];
  validateFunction(callback, "callback");
  const id = type === "rsa" ? completion(host.generateRsa(...rsaArguments(options))) : generated(type, options);
  Promise.resolve(id).then(
    (made) => {
      const { publicKey: first, privateKey: second } = pairOf(made, options);
      nextTick(callback, null, first, second);
    },
    (error) => nextTick(callback, error),
  );
}

/** What util.promisify makes of it. */
export async function generateKeyPairPromise(type, options) {
  return new Promise((resolve, reject) => {
    generateKeyPair(type, options ?? {}, (error, first, second) =>
      error ? reject(error) : resolve({ publicKey: first, privateKey: second }),
    );
  });
}

function rsaArguments(options) {
  validateObject(options, "options");
  const { modulusLength, publicExponent = 0x10001 } = options;
  validateUint32(modulusLength, "options.modulusLength");
  validateUint32(publicExponent, "options.publicExponent");
  const exponent = new Uint8Array(4);
  new DataView(exponent.buffer).setUint32(0, publicExponent);
  return [modulusLength, exponent];
}

function generated(type, options) {
  validateString(type, "type");
  if (type === "ec") {
    const curve = CURVES[options.namedCurve];
    if (curve === undefined) throw new ERR_INVALID_ARG_VALUE("options.namedCurve", options.namedCurve);
    return host.generateKey(curve);
  }
  if (FAMILIES[type] === undefined) throw new ERR_INVALID_ARG_VALUE("type", type, "must be a supported key type");
  return host.generateKey(FAMILIES[type]);
}

function pairOf(id, { publicKeyEncoding, privateKeyEncoding }) {
  const secret = keyObject(id, "private");
  const open = keyObject(host.publicKey(id), "public");
  return {
    publicKey: publicKeyEncoding === undefined ? open : open.export(publicKeyEncoding),
    privateKey: privateKeyEncoding === undefined ? secret : secret.export(privateKeyEncoding),
  };
}

export function generateKeySync(type, options) {
  validateOneOf(type, "type", ["hmac", "aes"]);
  validateObject(options, "options");
  validateInteger(options.length, "options.length", 8, 2 ** 23);
  if (type === "aes") validateOneOf(options.length, "options.length", [128, 192, 256]);
  return keyObject(host.generateSecret(Math.floor(options.length / 8)), "secret");
}

export function generateKey(type, options, callback) {
  validateFunction(callback, "callback");
  nextTick(callback, null, generateKeySync(type, options));
}

export function diffieHellman(options) {
  validateObject(options, "options");
  return answer(host.agree(idOf(privateKey(options.privateKey)), idOf(publicKey(options.publicKey))));
}

export function publicEncrypt(source, data) {
  const { hash, label } = oaep(source, "publicEncrypt");
  return answer(host.encryptOaep(idOf(publicKey(source)), small(encoded(data)), hash, label));
}

export function privateDecrypt(source, data) {
  const { hash, label } = oaep(source, "privateDecrypt");
  return answer(host.decryptOaepNow(idOf(privateKey(source)), small(encoded(data)), hash, label));
}

/** No RSA key takes more; and larger data would be worked on elsewhere. */
function small(bytes) {
  if (bytes.length > 1024) throw new ERR_INVALID_ARG_VALUE("buffer", bytes.length, "is too long for an RSA key");
  return bytes;
}

function oaep({ padding = constants.RSA_PKCS1_OAEP_PADDING, oaepHash = "sha1", oaepLabel = new Uint8Array() }, name) {
  if (padding !== constants.RSA_PKCS1_OAEP_PADDING) throw notSupported(`crypto.${name}() with padding ${padding}`, "OAEP is");
  validateString(oaepHash, "key.oaepHash");
  return { hash: hashName(oaepHash), label: encoded(oaepLabel, undefined, "key.oaepLabel") };
}
