import { Buffer, isUtf8, constants, transcode } from "node:buffer";

console.log(Buffer.from("héllo €😀"), Buffer.from("héllo").toString("latin1"), Buffer.from("aGk=", "base64").toString());
console.log(Buffer.from("68656c6c6fzz", "hex").toString(), Buffer.from([1, 256, -1]), Buffer.alloc(3, "ab"));
console.log(Buffer.byteLength("€"), Buffer.concat([Buffer.from("a"), Buffer.from("b")]).toString());
const b = Buffer.alloc(8);
console.log(b.writeUInt32BE(0xdeadbeef, 0), b.writeInt16LE(-2, 4), b, b.readUInt32BE(0), b.readInt16LE(4));
b.writeDoubleBE(Math.PI);
console.log(b.readDoubleBE(), b.readBigUInt64LE());
for (const act of [() => b.readUInt8(8), () => b.writeUInt8(256), () => Buffer.from(5), () => Buffer.alloc(-1), () => b.toString("nope")]) {
  try {
    act();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(Buffer.from("hello").slice(1, 3).toString(), Buffer.from("abcabc").indexOf("ca"), Buffer.from("abcabc").lastIndexOf("abc"));
console.log(Buffer.compare(Buffer.from("a"), Buffer.from("b")), Buffer.from("x").equals(new Uint8Array([120])));
console.log(JSON.stringify(Buffer.from("hi")), Buffer.isBuffer(Buffer.from("")), Buffer.isEncoding("UTF8"), isUtf8(Buffer.from([0xc3, 0x28])));
console.log(Buffer.from("\ud800x").toString("hex"), Buffer.from([0xed, 0xa0, 0x80, 0x61]).toString());
const shared = new Uint8Array([1, 2, 3, 4]);
const view = Buffer.from(shared.buffer, 1, 2);
view[0] = 9;
console.log(shared, view.buffer === shared.buffer, view.map((x) => x + 1), Buffer.from(view) .equals(view));
console.log([...Buffer.from("ab").entries()], Buffer.from("abcd").swap16().toString(), b.fill("xy").toString());
console.log(constants.MAX_LENGTH > 0, transcode(Buffer.from("€"), "utf8", "latin1"), Buffer.from("zwölf", "utf16le").length);
console.log(Buffer.from("test").toString("base64url"), Buffer.from("a-_b", "base64").toString("hex"), Buffer.from("ff", "latin1").toString("ascii"));
