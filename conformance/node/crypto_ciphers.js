// node:crypto: ciphers, in one piece, in many, as streams; tags, padding and what is refused.
import { Buffer } from "node:buffer";
import crypto from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const text = "The quick brown fox jumps over the lazy dog, and over another one.";
const key = Buffer.from("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "hex");
const iv = Buffer.from("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", "hex");

for (const [name, bytes, vector] of [
  ["aes-128-cbc", 16, iv], ["AES-192-CBC", 24, iv], ["aes256", 32, iv], ["aes-256-ctr", 32, iv], ["aes-128-ecb", 16, null],
]) {
  const cipher = crypto.createCipheriv(name, key.subarray(0, bytes), vector);
  const sealed = cipher.update(text.slice(0, 20), "utf8", "hex") + cipher.update(text.slice(20), "utf8", "hex") + cipher.final("hex");
  const decipher = crypto.createDecipheriv(name, key.subarray(0, bytes), vector);
  console.log(name, sealed, decipher.update(sealed, "hex", "utf8") + decipher.final("utf8") === text);
}

for (const name of ["aes-256-gcm", "chacha20-poly1305"]) {
  const options = { authTagLength: 16 };
  const cipher = crypto.createCipheriv(name, key, iv.subarray(0, 12), options).setAAD(Buffer.from("aad"));
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  const tag = cipher.getAuthTag();
  console.log(name, sealed.toString("base64"), tag.toString("hex"));
  const open = (bytes, aad) => {
    const decipher = crypto.createDecipheriv(name, key, iv.subarray(0, 12), options);
    decipher.setAAD(Buffer.from(aad)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString();
  };
  console.log(open(sealed, "aad") === text);
  for (const [bytes, aad] of [[sealed.subarray(1), "aad"], [sealed, "add"]]) {
    try {
      open(bytes, aad);
    } catch ({ message }) {
      console.log(message);
    }
  }
}

const plain = crypto.createCipheriv("aes-128-cbc", key.subarray(0, 16), iv).setAutoPadding(false);
console.log(Buffer.concat([plain.update(Buffer.alloc(16)), plain.final()]).length);

const chunks = [];
await pipeline(
  Readable.from([Buffer.alloc(1000, 1), Buffer.alloc(24, 2)]),
  crypto.createCipheriv("aes-256-cbc", key, iv),
  crypto.createDecipheriv("aes-256-cbc", key, iv),
  async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  },
);
console.log(Buffer.concat(chunks).equals(Buffer.concat([Buffer.alloc(1000, 1), Buffer.alloc(24, 2)])));

const spoilt = () => {
  const decipher = crypto.createDecipheriv("aes-128-cbc", key.subarray(0, 16), iv);
  decipher.update(Buffer.alloc(16));
  decipher.final();
};
const short = () => {
  const decipher = crypto.createDecipheriv("aes-128-cbc", key.subarray(0, 16), iv);
  decipher.update(Buffer.alloc(15));
  decipher.final();
};
const twice = () => {
  const cipher = crypto.createCipheriv("aes-128-cbc", key.subarray(0, 16), iv);
  cipher.final();
  cipher.final();
};
const mistakes = [
  () => crypto.createCipheriv("rot13", key, iv),
  () => crypto.createCipheriv("aes-128-cbc", key, iv),
  () => crypto.createCipheriv("aes-128-cbc", key.subarray(0, 16), iv.subarray(1)),
  () => crypto.createCipheriv(7, key, iv),
  spoilt, short, twice,
];
for (const mistake of mistakes) {
  try {
    mistake();
  } catch ({ name, code }) {
    console.log(name, code);
  }
}
const info = crypto.getCipherInfo("aes-128-cbc");
console.log(info.name, info.mode, info.keyLength, info.ivLength, info.blockSize, crypto.getCiphers().includes("aes-256-gcm"));
