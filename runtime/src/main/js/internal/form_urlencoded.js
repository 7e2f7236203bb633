// application/x-www-form-urlencoded - https://url.spec.whatwg.org/#application/x-www-form-urlencoded
import * as host from "host:url";

/** What encodeURIComponent leaves alone and this format does not. */
const TOO_PLAIN = /[!'()~]/g;

/** [name, value] pairs from a query without its "?". */
export function decodeForm(text) {
  const pairs = [];
  for (const part of text.split("&")) {
    if (part !== "") {
      const equals = part.indexOf("=");
      pairs.push(equals < 0 ? [decode(part), ""] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]);
    }
  }
  return pairs;
}

export function encodeForm(pairs) {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function decode(text) {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? host.percentDecode(spaced) : spaced;
}

function encode(text) {
  return encodeURIComponent(text)
    .replace(TOO_PLAIN, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
