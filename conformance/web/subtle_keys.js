// crypto.subtle: keys are made, say what they are, survive every format, are cloned and can't be forged.
const { subtle } = crypto;
const log = (...values) => console.log(values.join(" "));
const exponent = new Uint8Array([1, 0, 1]);
const same = async (format, key, other) =>
  JSON.stringify(await plain(format, key)) === JSON.stringify(await plain(format, other));

async function plain(format, key) {
  const data = await subtle.exportKey(format, key);
  return format === "jwk" ? data : [...new Uint8Array(data)];
}

const pairs = [
  [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 1024, publicExponent: exponent }, ["sign", "verify"]],
  [{ name: "RSA-PSS", hash: "SHA-384", modulusLength: 1024, publicExponent: exponent, saltLength: 20 }, ["sign", "verify"]],
  [{ name: "RSA-OAEP", hash: "SHA-1", modulusLength: 1024, publicExponent: exponent }, ["encrypt", "decrypt"]],
  [{ name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }, ["sign", "verify"]],
  [{ name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" }, ["sign", "verify"]],
  [{ name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" }, ["sign", "verify"]],
  [{ name: "ECDH", namedCurve: "P-256" }, ["deriveBits"]],
  [{ name: "Ed25519" }, ["sign", "verify"]],
  [{ name: "X25519" }, ["deriveBits"]],
];
for (const [algorithm, usages] of pairs) {
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, usages);
  log(algorithm.name, publicKey.type, publicKey.usages, privateKey.type, privateKey.usages, Object.keys(publicKey.algorithm).sort());
  for (const [format, key] of [["spki", publicKey], ["jwk", publicKey], ["pkcs8", privateKey], ["jwk", privateKey]]) {
    const data = await subtle.exportKey(format, key);
    const again = await subtle.importKey(format, data, algorithm, true, key.usages);
    log(" ", format, again.type, await same(format, key, again));
  }
  const message = new Uint8Array([1, 2, 3]);
  if (usages.includes("sign")) {
    const signature = await subtle.sign(algorithm, privateKey, message);
    log(" ", await subtle.verify(algorithm, publicKey, signature, message), await subtle.verify(algorithm, publicKey, signature, exponent));
  } else if (usages.includes("encrypt")) {
    log(" ", new Uint8Array(await subtle.decrypt(algorithm, privateKey, await subtle.encrypt(algorithm, publicKey, message))));
  } else {
    const other = await subtle.generateKey(algorithm, false, usages);
    const ours = await subtle.deriveBits({ ...algorithm, public: other.publicKey }, privateKey, 256);
    const theirs = await subtle.deriveBits({ ...algorithm, public: publicKey }, other.privateKey, 256);
    log(" ", String(new Uint8Array(ours)) === String(new Uint8Array(theirs)));
  }
}

const key = await subtle.generateKey({ name: "HMAC", hash: "SHA-512" }, true, ["verify", "sign", "sign"]);
log(key.type, key.usages, key.algorithm.length, key.usages === key.usages, key.algorithm === key.algorithm);
const clone = structuredClone({ key }).key;
log(clone !== key, clone instanceof CryptoKey, clone.algorithm.hash.name, clone.algorithm.hash !== key.algorithm.hash);
log(await subtle.verify("HMAC", clone, await subtle.sign("HMAC", key, exponent), exponent));

const wrapping = await subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
const gcm = { name: "AES-GCM", iv: new Uint8Array(12) };
for (const format of ["raw", "jwk"]) {
  const wrapped = await subtle.wrapKey(format, key, wrapping, gcm);
  const unwrapped = await subtle.unwrapKey(format, wrapped, wrapping, gcm, { name: "HMAC", hash: "SHA-512" }, true, ["sign", "verify"]);
  log(format, await same("raw", key, unwrapped));
}
const base = await subtle.importKey("raw", exponent, "PBKDF2", false, ["deriveKey"]);
const derived = await subtle.deriveKey(
  { name: "PBKDF2", hash: "SHA-1", salt: exponent, iterations: 1000 }, base, { name: "AES-CBC", length: 128 }, true, ["decrypt"],
);
log(derived.algorithm.name, derived.algorithm.length, await plain("raw", derived));

log(Object.prototype.toString.call(key), Object.prototype.toString.call(subtle), CryptoKey.length, SubtleCrypto.length);
log(Object.keys(CryptoKey.prototype), subtle === crypto.subtle, subtle.encrypt.length, subtle.deriveBits.length, subtle.unwrapKey.length);
for (const forge of [() => new CryptoKey(), () => new SubtleCrypto(), () => CryptoKey.prototype.type, () => Object.create(key).type]) {
  try {
    forge();
  } catch ({ name }) {
    log(name);
  }
}
