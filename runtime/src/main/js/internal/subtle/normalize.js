// Normalizing an algorithm - https://w3c.github.io/webcrypto/#algorithm-normalization-normalize-an-algorithm
import { isObject, toDOMString } from "internal:webidl";
import { aesAlgorithms } from "./aes.js";
import { curveAlgorithms } from "./curves.js";
import { derivationAlgorithms } from "./derivation.js";
import { digestAlgorithms } from "./digest.js";
import { notSupported } from "./errors.js";
import { hmacAlgorithms } from "./hmac.js";
import { mlKemAlgorithms } from "./ml_kem.js";
import { rsaAlgorithms } from "./rsa.js";

/**
 * Every algorithm: its `name`, its `params` by operation, and the operations themselves. An operation that is missing
 * in `params` is not supported.
 */
const registry = new Map(
  [
    ...rsaAlgorithms, ...curveAlgorithms, ...mlKemAlgorithms, ...aesAlgorithms, ...hmacAlgorithms, ...derivationAlgorithms,
    ...digestAlgorithms,
  ].map((algorithm) => [upper(algorithm.name), algorithm]),
);

/** Not toUpperCase, which knows letters besides ASCII's. */
function upper(name) {
  return name.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** The parameters, with the algorithm's definition as `definition`. */
export function normalize(identifier, operation) {
  const source = isObject(identifier) ? identifier : { name: identifier };
  if (source.name === undefined) {
    throw new TypeError("The algorithm has no 'name'.");
  }
  const name = toDOMString(source.name);
  const definition = registry.get(upper(name));
  const read = definition?.params[operation];
  if (read === undefined) {
    notSupported(`${operation} is not supported for the algorithm '${name}'.`);
  }
  const params = read(source);
  if (params.hash !== undefined) {
    params.hash = normalize(params.hash, "digest").definition.name;
  }
  return { ...params, name: definition.name, definition };
}

/** Undefined where the operation is not one of the algorithm's. */
export function tryNormalize(identifier, operation) {
  try {
    return normalize(identifier, operation);
  } catch (error) {
    if (error?.name === "NotSupportedError") {
      return undefined;
    }
    throw error;
  }
}

/** The definition of a key's algorithm. */
export function definitionOf(key) {
  return registry.get(upper(key.algorithm.name));
}
