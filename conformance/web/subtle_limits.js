// crypto.subtle: work that would occupy a processor for long is refused with the limit's name.
const { subtle } = crypto;
const base = await subtle.importKey("raw", new Uint8Array(4), "PBKDF2", false, ["deriveBits"]);
const salt = new Uint8Array(8);
const exponent = new Uint8Array([1, 0, 1]);
const attempts = [
  () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 10_000_001 }, base, 256),
  () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 4_000_000_000 }, base, 256),
  () => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 6_000_000 }, base, 512),
  () => subtle.generateKey({ name: "RSA-PSS", modulusLength: 8192, publicExponent: exponent, hash: "SHA-256" }, false, ["sign"]),
  () => subtle.generateKey({ name: "RSA-PSS", modulusLength: 256, publicExponent: exponent, hash: "SHA-256" }, false, ["sign"]),
];
for (const attempt of attempts) {
  await attempt().catch(({ name, message }) => console.log(name, message));
}

// Keys that nobody holds any more don't count.
for (let i = 0; i < 20_500; i++) {
  await subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
console.log("20,500 keys, one after the other");
