// SubtleCrypto - https://w3c.github.io/webcrypto/#subtlecrypto-interface
// with what https://wicg.github.io/webcrypto-modern-algos/ adds: supports(), getPublicKey() and encapsulation.
// Here arguments are converted; what is done with them stands in internal:subtle/operations, loaded on first use.
import { load } from "internal:builtins";
import { defineInterfaces, illegalConstructor } from "internal:define";
import {
  toAlgorithm, toBufferSource, toCryptoKey, toFormat, toKeyData, toUsages,
} from "internal:subtle/arguments";
import { bytesOf, requireArguments, toDOMString, toUnsigned } from "internal:webidl";
import * as hash from "host:hash";

const secret = Symbol("SubtleCrypto");
const operations = () => load("internal:subtle/operations");

export class SubtleCrypto {
  #brand;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
  }

  /** Workers: in a time that doesn't depend on where the two differ. */
  timingSafeEqual(a, b) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.timingSafeEqual");
    const where = "SubtleCrypto.timingSafeEqual";
    const [left, right] = [a, b].map((data) => bytesOf(toBufferSource(data, where)));
    if (left.length !== right.length) {
      throw new TypeError(`SubtleCrypto.timingSafeEqual: ${left.length} bytes can't equal ${right.length}.`);
    }
    return hash.equal(left, right);
  }

  static supports(operation, algorithm, lengthOrAlgorithm = null) {
    requireArguments(arguments.length, 2, "SubtleCrypto.supports");
    return operations().isSupported(toDOMString(operation), toAlgorithm(algorithm), lengthOrAlgorithm);
  }

  async encrypt(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.encrypt");
    const identifier = toAlgorithm(algorithm);
    return operations().crypt("encrypt", identifier, toCryptoKey(key), toBufferSource(data, "SubtleCrypto.encrypt"));
  }

  async decrypt(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.decrypt");
    const identifier = toAlgorithm(algorithm);
    return operations().crypt("decrypt", identifier, toCryptoKey(key), toBufferSource(data, "SubtleCrypto.decrypt"));
  }

  async sign(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.sign");
    const identifier = toAlgorithm(algorithm);
    return operations().crypt("sign", identifier, toCryptoKey(key), toBufferSource(data, "SubtleCrypto.sign"));
  }

  async verify(algorithm, key, signature, data) {
    this.#brand;
    requireArguments(arguments.length, 4, "SubtleCrypto.verify");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(key);
    toBufferSource(signature, "SubtleCrypto.verify");
    return operations().verify(identifier, key, signature, toBufferSource(data, "SubtleCrypto.verify"));
  }

  async digest(algorithm, data) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.digest");
    const identifier = toAlgorithm(algorithm);
    return operations().digest(identifier, toBufferSource(data, "SubtleCrypto.digest"));
  }

  async generateKey(algorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.generateKey");
    const identifier = toAlgorithm(algorithm);
    return operations().generateKey(identifier, { extractable: Boolean(extractable), usages: toUsages(keyUsages) });
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.deriveKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(baseKey);
    const derivedType = toAlgorithm(derivedKeyType);
    const wanted = { extractable: Boolean(extractable), usages: toUsages(keyUsages) };
    return operations().deriveKey(identifier, baseKey, derivedType, wanted);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.deriveBits");
    const identifier = toAlgorithm(algorithm);
    return operations().deriveBits(identifier, toCryptoKey(baseKey), length === null ? null : toUnsigned(length));
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.importKey");
    const name = toFormat(format);
    const data = toKeyData(keyData);
    const identifier = toAlgorithm(algorithm);
    return operations().importKey(name, data, identifier, { extractable: Boolean(extractable), usages: toUsages(keyUsages) });
  }

  async exportKey(format, key) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.exportKey");
    return operations().exportKey(toFormat(format), toCryptoKey(key));
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    this.#brand;
    requireArguments(arguments.length, 4, "SubtleCrypto.wrapKey");
    const name = toFormat(format);
    toCryptoKey(key);
    return operations().wrapKey(name, key, toCryptoKey(wrappingKey), toAlgorithm(wrapAlgorithm));
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 7, "SubtleCrypto.unwrapKey");
    const name = toFormat(format);
    toBufferSource(wrappedKey, "SubtleCrypto.unwrapKey");
    toCryptoKey(unwrappingKey);
    const identifiers = { unwrap: toAlgorithm(unwrapAlgorithm), key: toAlgorithm(unwrappedKeyAlgorithm) };
    const wanted = { extractable: Boolean(extractable), usages: toUsages(keyUsages) };
    return operations().unwrapKey(name, wrappedKey, unwrappingKey, identifiers, wanted);
  }

  async getPublicKey(key, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.getPublicKey");
    return operations().getPublicKey(toCryptoKey(key), toUsages(keyUsages));
  }

  async encapsulateBits(algorithm, encapsulationKey) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.encapsulateBits");
    return operations().encapsulateBits(toAlgorithm(algorithm), toCryptoKey(encapsulationKey));
  }

  async encapsulateKey(algorithm, encapsulationKey, sharedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.encapsulateKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(encapsulationKey);
    const sharedType = toAlgorithm(sharedKeyAlgorithm);
    const wanted = { extractable: Boolean(extractable), usages: toUsages(keyUsages) };
    return operations().encapsulateKey(identifier, encapsulationKey, sharedType, wanted);
  }

  async decapsulateBits(algorithm, decapsulationKey, ciphertext) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.decapsulateBits");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(decapsulationKey);
    toBufferSource(ciphertext, "SubtleCrypto.decapsulateBits");
    return operations().decapsulateBits(identifier, decapsulationKey, ciphertext);
  }

  async decapsulateKey(algorithm, decapsulationKey, ciphertext, sharedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 6, "SubtleCrypto.decapsulateKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(decapsulationKey);
    toBufferSource(ciphertext, "SubtleCrypto.decapsulateKey");
    const sharedType = toAlgorithm(sharedKeyAlgorithm);
    const wanted = { extractable: Boolean(extractable), usages: toUsages(keyUsages) };
    return operations().decapsulateKey(identifier, decapsulationKey, ciphertext, sharedType, wanted);
  }
}

export const subtle = new SubtleCrypto(secret);

defineInterfaces({ SubtleCrypto });
