// The Huffman code of HPACK - RFC 7541, appendix B. It is canonical: the lengths say all.
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];
const LONGEST = 30;
const END = 256;

/** Of each length: the first code, and its symbols in their order. */
const firsts = [];
const symbols = Array.from({ length: LONGEST + 1 }, () => []);
LENGTHS.forEach((length, symbol) => symbols[length].push(symbol));
let next = 0;
for (let length = 1; length <= LONGEST; length++) {
  next *= 2;
  firsts[length] = next;
  next += symbols[length].length;
}

/** The text as latin1, or undefined for what the code doesn't have. */
export function decode(bytes) {
  let [code, length, text] = [0, 0, ""];
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length++;
      if (length > LONGEST) return undefined;
      const index = code - firsts[length];
      if (index < 0 || index >= symbols[length].length) continue;
      const symbol = symbols[length][index];
      if (symbol === END) return undefined;
      text += String.fromCharCode(symbol);
      code = length = 0;
    }
  }
  // Padding is fewer than eight ones.
  return length < 8 && code === 2 ** length - 1 ? text : undefined;
}
