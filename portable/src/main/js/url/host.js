// Hosts - https://url.spec.whatwg.org/#host-parsing
import { toASCII } from "punycode/punycode.es6.js";
import { decodeUtf8 } from "../text_hosts.js";
import { C0_CONTROL, decodeBytes, encodeText } from "./percent.js";

const FORBIDDEN = /[\0\t\n\r #/:<>?@[\\\]^|]/;

/** Its serialization, or undefined. */
export function parseHost(input, isOpaque) {
  if (input.startsWith("[")) {
    const pieces = input.endsWith("]") ? parseIpv6(input.slice(1, -1)) : undefined;
    return pieces && `[${serializeIpv6(pieces)}]`;
  }
  if (isOpaque) return FORBIDDEN.test(input) ? undefined : encodeText(input, C0_CONTROL);
  const domain = toAscii(input.includes("%") ? decodeUtf8(decodeBytes(input)) : input);
  if (domain === "" || /[\0-\x20#%/:<>?@[\\\]^|\x7f]/.test(domain)) return undefined;
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
}

/** Names outside of ASCII are brought to one form by Unicode's own rules, not by those of UTS 46. */
function toAscii(domain) {
  if (/^[\0-\x7f]*$/.test(domain)) return domain.toLowerCase();
  return toASCII(domain.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").normalize("NFKC").toLowerCase().normalize("NFKC"));
}

// ---- IPv4 ----

function partsOf(domain) {
  const parts = domain.split(".");
  if (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** A domain whose last label is a number must be an address. */
function endsInNumber(domain) {
  const last = partsOf(domain).at(-1);
  return /^[0-9]+$/.test(last) || number(last) !== undefined;
}

/** Decimal, octal after a 0, hexadecimal after 0x. */
function number(text) {
  if (text === "") return undefined;
  if (/^0[xX][0-9a-fA-F]*$/.test(text)) return text.length === 2 ? 0 : Number(text);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : undefined;
}

function parseIpv4(domain) {
  const numbers = partsOf(domain).map(number);
  if (numbers.length > 4) return undefined;
  let address = 0;
  for (const [i, value] of numbers.entries()) {
    const isLast = i === numbers.length - 1;
    if (value === undefined || value >= (isLast ? 256 ** (4 - i) : 256)) return undefined;
    address += isLast ? value : value * 256 ** (3 - i);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

// ---- IPv6 ----

/** Eight numbers, or undefined. */
function parseIpv6(input) {
  const halves = input.split("::");
  if (halves.length > 2) return undefined;
  const [front, back] = halves.map((half, i) => piecesOf(half, i === halves.length - 1));
  if (front === undefined) return undefined;
  if (halves.length === 1) return front.length === 8 ? front : undefined;
  if (back === undefined || front.length + back.length > 7) return undefined;
  return [...front, ...new Array(8 - front.length - back.length).fill(0), ...back];
}

function piecesOf(half, mayEndInIpv4) {
  if (half === "") return [];
  const pieces = [];
  const words = half.split(":");
  for (const [i, word] of words.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(word)) {
      pieces.push(parseInt(word, 16));
    } else {
      const bytes = mayEndInIpv4 && i === words.length - 1 ? decimalBytes(word) : undefined;
      if (bytes === undefined) return undefined;
      pieces.push(bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]);
    }
  }
  return pieces;
}

function decimalBytes(text) {
  const bytes = text.split(".");
  const areValid = bytes.length === 4 && bytes.every((byte) => /^(0|[1-9][0-9]{0,2})$/.test(byte) && byte <= 255);
  return areValid ? bytes.map(Number) : undefined;
}

/** The first of the longest runs of zeros, if longer than one, is left out. */
function serializeIpv6(pieces) {
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (pieces[i + run] === 0) run++;
    if (run > length) [start, length] = [i, run];
  }
  const hex = (part) => part.map((piece) => piece.toString(16)).join(":");
  return start < 0 ? hex(pieces) : `${hex(pieces.slice(0, start))}::${hex(pieces.slice(start + length))}`;
}
