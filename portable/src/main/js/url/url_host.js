// host:url: the URL parser as the URL class uses it, text in and serialization out.
import { decodeUtf8 } from "../text_hosts.js";
import { completed } from "../unsupported.js";
import { change, parseUrl } from "./parser.js";
import { decodeBytes, encodeText, USERINFO } from "./percent.js";

function parse(input, base) {
  if (base === undefined) return parseUrl(input)?.toString();
  const url = parseUrl(base);
  return url && parseUrl(input, url)?.toString();
}

/** https://url.spec.whatwg.org/#api */
const setters = {
  protocol: (url, value) => change(url, `${value}:`, "schemeStart"),
  username(url, value) {
    if (!url.cannotHaveCredentialsOrPort) url.username = encodeText(value, USERINFO);
  },
  password(url, value) {
    if (!url.cannotHaveCredentialsOrPort) url.password = encodeText(value, USERINFO);
  },
  host(url, value) {
    if (!url.isOpaque) change(url, value, "host");
  },
  hostname(url, value) {
    if (!url.isOpaque) change(url, value, "hostname");
  },
  port(url, value) {
    if (url.cannotHaveCredentialsOrPort) return;
    if (value === "") url.port = null;
    else change(url, value, "port");
  },
  pathname(url, value) {
    if (url.isOpaque) return;
    url.path = [];
    change(url, value, "pathStart");
  },
  search(url, value) {
    url.query = value === "" ? null : "";
    if (value !== "") change(url, value.replace(/^\?/, ""), "query");
  },
  hash(url, value) {
    url.fragment = value === "" ? null : "";
    if (value !== "") change(url, value.replace(/^#/, ""), "fragment");
  },
};

function set(href, part, value) {
  const url = parseUrl(href);
  setters[part](url, value);
  return url.toString();
}

export const urlHost = completed("url", {
  parse,
  set,
  percentDecode: (text) => decodeUtf8(decodeBytes(text)),
  percentDecodeBytes: decodeBytes,
});
