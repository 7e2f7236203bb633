// JSON Web Keys: RFC 7517 and the JsonWebKey dictionary of https://w3c.github.io/webcrypto/#JsonWebKey-dictionary
import { isObject, toDOMString, toSequence } from "internal:webidl";
import { dataError } from "./errors.js";

const TEXTS = ["alg", "crv", "d", "dp", "dq", "e", "k", "kty", "n", "p", "priv", "pub", "q", "qi", "use", "x", "y"];
const NUMBERS = ["crv", "d", "dp", "dq", "e", "n", "p", "priv", "pub", "q", "qi", "x", "y"];

/** The dictionary, with text members as text. */
export function toJsonWebKey(value) {
  if (!isObject(value)) {
    throw new TypeError("The key data is not a JSON Web Key.");
  }
  const jwk = {};
  for (const member of [...TEXTS, "ext", "key_ops", "oth"].sort()) {
    const found = value[member];
    if (found !== undefined) {
      jwk[member] = converted(member, found);
    }
  }
  return jwk;
}

function converted(member, value) {
  switch (member) {
    case "ext":
      return Boolean(value);
    case "key_ops":
      return toSequence(value, "JsonWebKey.key_ops", toDOMString);
    case "oth":
      return toSequence(value, "JsonWebKey.oth");
    default:
      return toDOMString(value);
  }
}

/** What every import of a JWK checks, in the standard's order. `use` is sig or enc. */
export function checkJwk(jwk, { kty, use, extractable, usages }) {
  if (jwk.kty !== kty) {
    dataError(`The JWK's "kty" is not "${kty}".`);
  }
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) {
    dataError(`The JWK's "use" is not "${use}".`);
  }
  if (jwk.key_ops !== undefined) {
    checkKeyOps(jwk.key_ops, usages);
  }
  if (jwk.ext === false && extractable) {
    dataError('The JWK is not extractable: its "ext" is false.');
  }
}

function checkKeyOps(operations, usages) {
  if (new Set(operations).size !== operations.length) {
    dataError('The JWK\'s "key_ops" has an operation twice.');
  }
  const missing = usages.find((usage) => !operations.includes(usage));
  if (missing !== undefined) {
    dataError(`The JWK's "key_ops" does not allow "${missing}".`);
  }
}

/** The members that hold a key's numbers, as host:subtle takes them. */
export function numbersOf(jwk) {
  return JSON.stringify(jwk, NUMBERS);
}

/** What every export of a JWK adds to the key itself. */
export function describeKey(jwk, key) {
  jwk.key_ops = [...key.usages];
  jwk.ext = key.extractable;
  return jwk;
}
