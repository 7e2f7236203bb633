import { StringDecoder } from "node:string_decoder";

for (const encoding of ["utf8", "base64", "hex", "latin1"]) {
  const bytes = Buffer.from("aé€😀");
  const decoder = new StringDecoder(encoding);
  const out = [];
  for (const byte of bytes) out.push(decoder.write(Buffer.from([byte])));
  out.push(decoder.end());
  console.log(encoding, out);
}
const cut = new StringDecoder();
console.log(cut.write(Buffer.from([0xe2, 0x82])), cut.end(), cut.encoding);
try {
  new StringDecoder("nope");
} catch (error) {
  console.log(error.code, error.message);
}
