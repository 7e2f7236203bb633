// node:crypto: pbkdf2, hkdf and scrypt answer the vectors of their RFCs, at once and later.
import crypto from "node:crypto";
import { promisify } from "node:util";

console.log(crypto.pbkdf2Sync("passwd", "salt", 1, 64, "sha256").toString("hex"));
console.log((await promisify(crypto.pbkdf2)("password", "salt", 4096, 20, "sha1")).toString("hex"));
console.log(crypto.pbkdf2Sync("p", "s", 10, 8, "SHA512").toString("base64"));

// RFC 7914, section 12
console.log(crypto.scryptSync("", "", 64, { N: 16, r: 1, p: 1 }).toString("hex"));
console.log((await promisify(crypto.scrypt)("password", "NaCl", 64, { N: 1024, r: 8, p: 16 })).toString("hex"));
console.log(crypto.scryptSync("pleaseletmein", "SodiumChloride", 64).toString("hex"));

// RFC 5869, test case 1
const okm = crypto.hkdfSync(
  "sha256", Buffer.alloc(22, 11), Buffer.from("000102030405060708090a0b0c", "hex"), Buffer.from("f0f1f2f3f4f5f6f7f8f9", "hex"), 42,
);
console.log(okm.constructor.name, Buffer.from(okm).toString("hex"));
crypto.hkdf("sha512", "key", "", "", 16, (error, derived) => console.log(error, Buffer.from(derived).toString("hex")));

const mistakes = [
  () => crypto.pbkdf2Sync("p", "s", 0, 8, "sha256"),
  () => crypto.pbkdf2Sync("p", "s", 1, 8, "sha17"),
  () => crypto.pbkdf2Sync("p", "s", 1, 8),
  () => crypto.pbkdf2("p", "s", 1, 8, "sha256"),
  () => crypto.scryptSync("p", "s", 8, { N: 15 }),
  () => crypto.scryptSync("p", "s", 8, { N: 2 ** 20 }),
  () => crypto.scryptSync("p", "s", -1),
  () => crypto.hkdfSync("sha256", "k", "", "", 8161),
];
for (const mistake of mistakes) {
  try {
    mistake();
    console.log("none");
  } catch ({ name, code }) {
    console.log(name, code);
  }
}
