// Texts and bytes that are taken piece by piece come out as in one piece, whatever lies where one ends.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const slowly = (bytes) => {
  const stream = new TextDecoder();
  let text = "";
  for (let i = 0; i < bytes.length; i += 5) text += stream.decode(bytes.subarray(i, i + 5), { stream: true });
  return text + stream.decode();
};

const PIECE = 16384;
const units = ["a", "é", "€", "😀", "\ud83d", "\ude00"];
let encoded = 0;
for (let offset = 0; offset < 4; offset++) {
  for (const before of units) {
    for (const after of units) {
      const head = "x".repeat(PIECE - offset);
      const text = head + before + after + "z".repeat(PIECE);
      const bytes = encoder.encode(text);
      const expected = 2 * PIECE - offset + encoder.encode(before + after).length;
      if (bytes.length === expected && decoder.decode(bytes) === text.toWellFormed()) encoded++;
    }
  }
}
console.log(encoded, 4 * units.length ** 2);

const tails = [[0x41], [0xc3, 0xa9], [0xe2, 0x82, 0xac], [0xf0, 0x9f, 0x98, 0x80], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0x80], [0xed, 0xa0, 0x80], [0xbf, 0xbf, 0xbf, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xff]];
let decoded = 0;
for (let offset = 0; offset < 6; offset++) {
  for (const before of tails) {
    for (const after of tails) {
      const bytes = new Uint8Array(2 * PIECE).fill(0x2e);
      bytes.set([...before, ...after], PIECE - offset);
      const special = slowly(bytes.subarray(PIECE - offset, PIECE - offset + 16));
      const dots = 2 * PIECE - 16 - (PIECE - offset);
      if (decoder.decode(bytes) === ".".repeat(PIECE - offset) + special + ".".repeat(dots)) decoded++;
    }
  }
}
console.log(decoded, 6 * tails.length ** 2);

const marked = new Uint8Array(3 * PIECE).fill(0x61);
marked.set([0xef, 0xbb, 0xbf]);
marked.set([0xef, 0xbb, 0xbf], PIECE);
console.log(decoder.decode(marked).length, new TextDecoder("utf-8", { ignoreBOM: true }).decode(marked).length);
console.log(decoder.decode(marked).indexOf("\ufeff"));

const invalid = new Uint8Array(3 * PIECE).fill(0x61);
invalid[2 * PIECE + 7] = 0xff;
const strict = new TextDecoder("utf-8", { fatal: true });
try {
  strict.decode(invalid);
} catch (error) {
  console.log(error.name, error.code);
}
invalid.set([0xef, 0xbf, 0xbd], 2 * PIECE + 7);
console.log(strict.decode(invalid).length, strict.decode(invalid).indexOf("\ufffd"));

const wide = "€".repeat(1_000_000);
const bytes = encoder.encode(wide);
console.log(bytes.length, bytes.buffer.byteLength, decoder.decode(bytes) === wide);
const target = new Uint8Array(100_001);
console.log(encoder.encodeInto(wide, target), target[99_998], target[100_000]);
