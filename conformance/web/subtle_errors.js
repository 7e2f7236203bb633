// crypto.subtle: which error for which mistake, always as a rejection, and which mistake is found first.
const { subtle } = crypto;
const bytes = (length) => new Uint8Array(length);
const hmac = { name: "HMAC", hash: "SHA-256" };
const cbc = { name: "AES-CBC", length: 128, iv: bytes(16) };
const gcm = { name: "AES-GCM", length: 128, iv: bytes(12) };
const key = await subtle.generateKey(cbc, false, ["encrypt"]);
const signing = await subtle.generateKey(hmac, true, ["sign"]);
const pbkdf2 = await subtle.importKey("raw", bytes(4), "PBKDF2", false, ["deriveBits"]);
const rsa = { name: "RSA-PSS", modulusLength: 1024, publicExponent: new Uint8Array([3]), hash: "SHA-1" };

const mistakes = {
  "too few arguments": () => subtle.digest("SHA-256"),
  "another this": () => subtle.digest.call({}, "SHA-256", bytes(1)),
  "no buffer": () => subtle.digest("SHA-256", "text"),
  "unknown algorithm": () => subtle.digest("MD5", bytes(1)),
  "no name": () => subtle.digest({}, bytes(1)),
  "another operation": () => subtle.sign("SHA-256", signing, bytes(1)),
  "a missing parameter": () => subtle.encrypt("AES-CBC", key, bytes(1)),
  "a number out of range": () => subtle.generateKey({ name: "AES-CBC", length: 65536 }, true, ["encrypt"]),
  "a bad length": () => subtle.generateKey({ name: "AES-CBC", length: 100 }, true, ["encrypt"]),
  "a foreign usage": () => subtle.generateKey(hmac, true, ["encrypt"]),
  "no such usage": () => subtle.generateKey(hmac, true, ["fly"]),
  "no usage": () => subtle.generateKey(hmac, true, []),
  "no usage for the private key": () => subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]),
  "an unknown curve": () => subtle.generateKey({ name: "ECDSA", namedCurve: "P-1" }, true, ["sign"]),
  "an even exponent": () => subtle.generateKey({ ...rsa, publicExponent: new Uint8Array([4]) }, true, ["sign"]),
  "key of another algorithm": () => subtle.encrypt(gcm, key, bytes(1)),
  "usage not allowed": () => subtle.decrypt(cbc, key, bytes(16)),
  "a short iv": () => subtle.encrypt({ ...cbc, iv: bytes(8) }, key, bytes(1)),
  "not extractable": () => subtle.exportKey("raw", key),
  "not exportable": () => subtle.exportKey("raw", pbkdf2),
  "no key": () => subtle.exportKey("raw", {}),
  "no such format": () => subtle.exportKey("pem", signing),
  "a format of others": () => subtle.exportKey("spki", signing),
  "a key of wrong length": () => subtle.importKey("raw", bytes(15), "AES-CBC", true, ["encrypt"]),
  "an empty HMAC key": () => subtle.importKey("raw", bytes(0), hmac, true, ["sign"]),
  "bytes for jwk": () => subtle.importKey("jwk", bytes(16), "AES-CBC", true, ["encrypt"]),
  "jwk for bytes": () => subtle.importKey("raw", {}, "AES-CBC", true, ["encrypt"]),
  "jwk of another type": () => subtle.importKey("jwk", { kty: "RSA", k: "AAAA" }, hmac, true, ["sign"]),
  "jwk that is not extractable": () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", ext: false }, hmac, true, ["sign"]),
  "jwk for other operations": () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", key_ops: ["verify"] }, hmac, true, ["sign"]),
  "jwk that is not base64url": () => subtle.importKey("jwk", { kty: "oct", k: "+/==" }, hmac, true, ["sign"]),
  "broken DER": () => subtle.importKey("pkcs8", bytes(40), "Ed25519", true, ["sign"]),
  "extractable base key": () => subtle.importKey("raw", bytes(4), "HKDF", true, ["deriveBits"]),
  "bits, not bytes": () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-1", salt: bytes(1), iterations: 1 }, pbkdf2, 7),
  "no length": () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-1", salt: bytes(1), iterations: 1 }, pbkdf2),
  "no iterations": () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-1", salt: bytes(1), iterations: 0 }, pbkdf2, 8),
};
for (const [mistake, make] of Object.entries(mistakes)) {
  const promise = make();
  console.log(mistake, "→", await promise.then(() => "none", (error) => `${error.constructor.name} ${error.name}`));
}
