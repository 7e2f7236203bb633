import crypto, { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual, randomInt } from "node:crypto";
import { Readable } from "node:stream";

for (const algorithm of ["md5", "sha1", "sha256", "sha512", "SHA384", "sha3-256"]) console.log(algorithm, createHash(algorithm).update("abc").digest("hex"));
console.log(createHash("sha256").update("ä").update(Buffer.from([1, 2])).digest("base64"), createHmac("sha256", "key").update("data").digest("hex"));
console.log(createHmac("md5", "").update("").digest("base64url"), createHash("md5").digest());
const base = createHash("sha1").update("a");
console.log(base.copy().update("b").digest("hex"), base.digest("hex"));
console.log(randomBytes(8).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(randomUUID()), randomInt(5) < 5);
console.log(timingSafeEqual(Buffer.from("a"), Buffer.from("a")), crypto.getHashes().includes("sha256"));
for (const bad of [() => createHash("nope"), () => timingSafeEqual(Buffer.from("a"), Buffer.from("ab")), () => base.update("x"), () => createHmac("nope", "k"), () => createHash(5), () => randomBytes("x")]) {
  try {
    bad();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const hash = createHash("sha1");
Readable.from(["a", "b"]).pipe(hash).on("data", (digest) => console.log(digest.toString("hex")));
