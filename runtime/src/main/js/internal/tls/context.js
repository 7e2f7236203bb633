// What a TLS connection is made with - https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions
import { Buffer } from "internal:buffer/class";
import { createPrivateKey } from "internal:crypto/key_object";
import { codes, notSupported } from "internal:node_errors";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_TLS_INVALID_PROTOCOL_VERSION } = codes;

const VERSIONS = ["TLSv1.2", "TLSv1.3"];
const OLD = ["TLSv1", "TLSv1.1"];

export const limits = { minVersion: "TLSv1.2", maxVersion: "TLSv1.3" };

export class SecureContext {
  constructor(options) {
    this.context = options;
  }
}

export function createSecureContext(options = {}) {
  return new SecureContext({
    ca: pem(options.ca, "options.ca"),
    cert: pem(options.cert, "options.cert"),
    key: keyOf(options),
    ...storeOf(options),
    protocols: protocolsOf(options),
  });
}

function pem(value, name) {
  if (value === undefined || value === null || value === false) return "";
  return [value].flat().map((one) => {
    if (typeof one === "string") return one;
    if (ArrayBuffer.isView(one)) return Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString("latin1");
    throw new ERR_INVALID_ARG_TYPE(name, ["string", "Buffer", "TypedArray", "DataView"], one);
  }).join("\n");
}

/** Base64 of PKCS #8. */
function keyOf({ key, passphrase }) {
  if (key === undefined || key === null || key === false) return "";
  const [first] = [key].flat();
  const isPlain = typeof first === "string" || ArrayBuffer.isView(first);
  if (!isPlain && first?.pem === undefined) {
    throw new ERR_INVALID_ARG_TYPE("options.key", ["string", "Buffer", "TypedArray", "DataView"], first);
  }
  const text = isPlain ? first : first.pem;
  return createPrivateKey({ key: text, passphrase: first.passphrase ?? passphrase }).export({ type: "pkcs8", format: "der" }).toString("base64");
}

/** A PKCS #12 store in base64, and what opens it. */
function storeOf({ pfx, passphrase }) {
  if (pfx === undefined || pfx === null) return { pfx: "", passphrase: "" };
  const [first] = [pfx].flat();
  const bytes = first?.buf ?? first;
  if (typeof bytes !== "string" && !ArrayBuffer.isView(bytes)) {
    throw new ERR_INVALID_ARG_TYPE("options.pfx", ["string", "Buffer", "TypedArray", "DataView"], bytes);
  }
  return { pfx: Buffer.from(bytes, "latin1").toString("base64"), passphrase: `${first?.passphrase ?? passphrase ?? ""}` };
}

function protocolsOf({ minVersion = limits.minVersion, maxVersion = limits.maxVersion, secureProtocol }) {
  if (secureProtocol !== undefined) throw notSupported("The option secureProtocol of TLS", "give minVersion and maxVersion");
  for (const [name, version] of Object.entries({ minVersion, maxVersion })) {
    if (![...OLD, ...VERSIONS].includes(version)) throw new ERR_TLS_INVALID_PROTOCOL_VERSION(version, name === "minVersion" ? "minimum" : "maximum");
  }
  const first = Math.max(0, VERSIONS.indexOf(minVersion));
  const chosen = VERSIONS.slice(first, VERSIONS.indexOf(maxVersion) + 1);
  if (chosen.length === 0) throw new ERR_INVALID_ARG_VALUE("options.maxVersion", maxVersion, "allows no version that is supported: TLSv1.2, TLSv1.3");
  return chosen;
}
