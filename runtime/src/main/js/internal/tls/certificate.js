// Certificates as Node shows them, and whether one is for a host - https://nodejs.org/api/tls.html#certificate-object
import { Buffer } from "internal:buffer/class";
import { hash } from "internal:tls/fingerprint";
import { isIP } from "internal:net/addresses";
import { nodeError } from "internal:node_errors";

/** The chain that Java tells of, the first one's issuer within it. */
export function peerCertificate(chain, detailed) {
  const shown = chain.map(certificate);
  if (shown.length === 0) return {};
  if (detailed) {
    shown.forEach((one, i) => {
      one.issuerCertificate = shown[i + 1] ?? one;
    });
  }
  return shown[0];
}

function certificate({ subject, issuer, from, to, serial, authority, raw, names }) {
  const bytes = Buffer.from(raw, "base64");
  return {
    subject: nameParts(subject), issuer: nameParts(issuer),
    ...(names.length > 0 ? { subjectaltname: names.join(", ") } : {}),
    ca: authority, valid_from: shownTime(from), valid_to: shownTime(to), serialNumber: serial, raw: bytes,
    fingerprint: hash("sha1", bytes), fingerprint256: hash("sha256", bytes), fingerprint512: hash("sha512", bytes),
  };
}

/** "CN=a,O=b\, c" (RFC 2253) → { CN, O }; a name that comes twice is a list. */
function nameParts(text) {
  const parts = { __proto__: null };
  for (const [, name, value] of text.matchAll(/(?:^|,)([A-Za-z0-9.]+)=((?:\\.|[^\\,])*)/g)) {
    const plain = value.replace(/\\(.)/g, "$1");
    parts[name] = name in parts ? [plain].concat(parts[name]) : plain;
  }
  return Object.fromEntries(Object.entries(parts).reverse());
}

/** "Sep  3 12:00:00 2026 GMT" */
function shownTime(milliseconds) {
  const [, day, month, year, time] = new Date(milliseconds).toUTCString().split(" ");
  return `${month} ${`${+day}`.padStart(2)} ${time} ${year} GMT`;
}

/** Undefined, or the error that says why the certificate isn't for that host - RFC 6125 */
export function checkServerIdentity(hostname, cert) {
  const host = `${hostname}`.replace(/\.$/, "").toLowerCase();
  const names = (cert.subjectaltname ?? "").split(", ").filter(Boolean);
  const dns = names.filter((name) => name.startsWith("DNS:")).map((name) => name.slice(4));
  if (isIP(host) !== 0) {
    const addresses = names.filter((name) => name.startsWith("IP Address:")).map((name) => name.slice(11).toLowerCase());
    return addresses.includes(host) ? undefined : mismatch(`IP: ${host} is not in the cert's list: ${addresses.join(", ")}`, hostname, cert);
  }
  if (dns.length > 0) {
    return dns.some((pattern) => matches(host, pattern)) ? undefined : mismatch(`Host: ${host}. is not in the cert's altnames: ${cert.subjectaltname}`, hostname, cert);
  }
  const common = [cert.subject?.CN ?? []].flat();
  if (common.length === 0) return mismatch("Cert does not contain a DNS name", hostname, cert);
  return common.some((pattern) => matches(host, pattern)) ? undefined : mismatch(`Host: ${host}. is not cert's CN: ${common}`, hostname, cert);
}

function mismatch(reason, host, cert) {
  const error = nodeError("ERR_TLS_CERT_ALTNAME_INVALID", `Hostname/IP does not match certificate's altnames: ${reason}`);
  return Object.assign(error, { reason, host, cert });
}

/** A wildcard stands for one whole first label, and for none right below a top-level domain. */
function matches(host, pattern) {
  const wanted = pattern.replace(/\.$/, "").toLowerCase().split(".");
  const labels = host.split(".");
  if (wanted.length !== labels.length || wanted.includes("")) return false;
  const [first, ...rest] = wanted;
  if (!rest.every((label, i) => label === labels[i + 1])) return false;
  return first === labels[0] || (first === "*" && wanted.length > 2 && labels[0] !== "");
}
