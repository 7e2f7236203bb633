// SubtleCrypto.supports() - https://wicg.github.io/webcrypto-modern-algos/#SubtleCrypto-method-supports
import { toUnsigned } from "internal:webidl";
import { normalize, tryNormalize } from "./normalize.js";

const PLAIN = ["encrypt", "decrypt", "sign", "verify", "digest", "importKey", "exportKey"];

/** False where calling the operation would fail whatever the key and the data. */
export function isSupported(operation, algorithm, more) {
  try {
    return checked(operation, algorithm, more);
  } catch {
    return false;
  }
}

function checked(operation, algorithm, more) {
  switch (operation) {
    case "generateKey": {
      const params = normalize(algorithm, operation);
      params.definition.checkGenerate(params);
      return true;
    }
    case "deriveBits":
      return canDerive(algorithm, more === null ? null : toUnsigned(more));
    case "deriveKey": {
      normalize(more, "importKey");
      const params = normalize(more, "getKeyLength");
      return canDerive(algorithm, params.definition.getKeyLength(params));
    }
    case "wrapKey":
      return canWrap(algorithm, "wrapKey", "encrypt") && (more === null || canDo(more, "exportKey"));
    case "unwrapKey":
      return canWrap(algorithm, "unwrapKey", "decrypt") && (more === null || canDo(more, "importKey"));
    case "encapsulateKey":
    case "decapsulateKey":
      return canDo(algorithm, operation.slice(0, -3)) && canDo(more, "importKey");
    case "encapsulateBits":
    case "decapsulateBits":
      return canDo(algorithm, operation.slice(0, -4));
    case "getPublicKey":
      return normalize(algorithm, "exportKey").definition.kind !== undefined;
    default:
      return PLAIN.includes(operation) && canDo(algorithm, operation);
  }
}

function canDo(algorithm, operation) {
  return normalize(algorithm, operation) !== undefined;
}

function canWrap(algorithm, operation, instead) {
  return (tryNormalize(algorithm, operation) ?? normalize(algorithm, instead)) !== undefined;
}

function canDerive(algorithm, length) {
  const params = normalize(algorithm, "deriveBits");
  params.definition.checkLength?.(params, length);
  return true;
}
