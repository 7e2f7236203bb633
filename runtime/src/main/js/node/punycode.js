// node:punycode - https://nodejs.org/api/punycode.html (the npm package of that name)
import punycode from "punycode/punycode.js";

export const { version, ucs2, decode, encode, toASCII, toUnicode } = punycode;
export default punycode;
