// crypto.subtle: what every implementation must answer to the vectors of RFCs and NIST.
const { subtle } = crypto;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const text = (string) => new TextEncoder().encode(string);
const raw = (key, algorithm, ...usages) => subtle.importKey("raw", key, algorithm, false, usages);

for (const name of ["SHA-1", "SHA-256", "SHA-384", "SHA-512"]) {
  console.log(name, hex(await subtle.digest(name, text("abc"))));
}
console.log("large", hex(await subtle.digest("sha-256", new Uint8Array(1_000_000).fill(97))));

// RFC 4231, test case 2
const jefe = await raw(text("Jefe"), { name: "HMAC", hash: "SHA-256" }, "sign", "verify");
const question = text("what do ya want for nothing?");
const mac = await subtle.sign("HMAC", jefe, question);
console.log("HMAC", hex(mac), await subtle.verify("HMAC", jefe, mac, question), await subtle.verify("HMAC", jefe, mac, text("?")));

// RFC 5869, test case 1
const ikm = await raw(new Uint8Array(22).fill(11), "HKDF", "deriveBits");
const hkdf = { name: "HKDF", hash: "SHA-256", salt: bytes("000102030405060708090a0b0c"), info: bytes("f0f1f2f3f4f5f6f7f8f9") };
console.log("HKDF", hex(await subtle.deriveBits(hkdf, ikm, 42 * 8)));

// RFC 7914, section 11
const password = await raw(text("passwd"), "PBKDF2", "deriveBits");
console.log("PBKDF2", hex(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: text("salt"), iterations: 1 }, password, 512)));

// NIST SP 800-38A, F.2.1 and F.5.1
const block = bytes("6bc1bee22e409f96e93d7e117393172a");
const aes = bytes("2b7e151628aed2a6abf7158809cf4f3c");
const cbc = await raw(aes, "AES-CBC", "encrypt", "decrypt");
console.log("AES-CBC", hex(await subtle.encrypt({ name: "AES-CBC", iv: bytes("000102030405060708090a0b0c0d0e0f") }, cbc, block)));
const ctr = await raw(aes, "AES-CTR", "encrypt", "decrypt");
const counter = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
console.log("AES-CTR", hex(await subtle.encrypt({ name: "AES-CTR", counter, length: 64 }, ctr, block)));
console.log("wraps", hex(await subtle.encrypt({ name: "AES-CTR", counter: new Uint8Array(16).fill(255), length: 4 }, ctr, new Uint8Array(40))));

// The GCM specification's test case 4, with tags of all lengths
const gcm = await raw(bytes("feffe9928665731c6d6a8f9467308308"), "AES-GCM", "encrypt", "decrypt");
const aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
for (const tagLength of [32, 64, 96, 104, 112, 120, 128]) {
  const algorithm = { name: "AES-GCM", iv: bytes("cafebabefacedbaddecaf888"), additionalData: aad, tagLength };
  const sealed = await subtle.encrypt(algorithm, gcm, block);
  console.log("AES-GCM", tagLength, hex(sealed), hex(await subtle.decrypt(algorithm, gcm, sealed)) === hex(block));
  const broken = new Uint8Array(sealed);
  broken[broken.length - 1] ^= 1;
  console.log(await subtle.decrypt(algorithm, gcm, broken).catch(({ name }) => name));
}

// RFC 3394, section 4.1
const wrapping = await raw(bytes("000102030405060708090a0b0c0d0e0f"), "AES-KW", "wrapKey", "unwrapKey");
const inner = await subtle.importKey("raw", bytes("00112233445566778899aabbccddeeff"), "AES-CBC", true, ["encrypt"]);
const wrapped = await subtle.wrapKey("raw", inner, wrapping, "AES-KW");
const unwrapped = await subtle.unwrapKey("raw", wrapped, wrapping, "AES-KW", "AES-CBC", true, ["encrypt"]);
console.log("AES-KW", hex(wrapped), hex(await subtle.exportKey("raw", unwrapped)));

// RFC 8032, section 7.1, test 2
const okp = { kty: "OKP", crv: "Ed25519", x: "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", d: "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs" };
const ed = await subtle.importKey("jwk", okp, "Ed25519", true, ["sign"]);
console.log("Ed25519", hex(await subtle.sign("Ed25519", ed, bytes("72"))));
console.log(hex(await subtle.exportKey("pkcs8", ed)));

// RFC 7515, appendix A.3
const es256 = {
  kty: "EC", crv: "P-256", x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};
const token =
  "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const decoded = Uint8Array.from(atob(signature.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const joe = await subtle.importKey("jwk", es256, ecdsa, true, ["verify"]);
console.log("ECDSA", await subtle.verify(ecdsa, joe, decoded, text(token)), await subtle.verify(ecdsa, joe, decoded, text(`${token}A`)));
console.log(hex(await subtle.exportKey("spki", joe)));
