// Percent-encoding - https://url.spec.whatwg.org/#percent-encoded-bytes
import { encode } from "../wasi.js";

/** The characters that a part of a URL can't hold as they are, besides controls and what is no ASCII. */
export const FRAGMENT = ' "<>`';
export const QUERY = ' "#<>';
export const SPECIAL_QUERY = ` "#<>'`;
export const PATH = ' "#<>?^`{}';
export const USERINFO = ' "#<>?^`{}/:;=@[\\]|';
export const C0_CONTROL = "";

const escape = (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

export function encodeCharacter(character, set) {
  const code = character.codePointAt(0);
  if (code > 0x1f && code < 0x7f && !set.includes(character)) return character;
  return Array.from(encode(character), escape).join("");
}

export function encodeText(text, set) {
  return Array.from(text, (character) => encodeCharacter(character, set)).join("");
}

/** Bytes of a text in which valid escapes stand for one each. */
export function decodeBytes(text) {
  const bytes = encode(text);
  if (!text.includes("%")) return bytes;
  let written = 0;
  for (let i = 0; i < bytes.length; i++) {
    const pair = bytes[i] === 0x25 ? String.fromCharCode(bytes[i + 1], bytes[i + 2]) : "";
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      bytes[written++] = parseInt(pair, 16);
      i += 2;
    } else {
      bytes[written++] = bytes[i];
    }
  }
  return bytes.slice(0, written);
}
