// What programs ask of the Domain Name System, as promises. Names are looked up within what the program may reach.
import * as host from "host:net";
import { completion } from "internal:completions";
import { isIP, shortAddress } from "internal:net/addresses";
import { lookupError } from "internal:net/socket";
import { codes, notSupported } from "internal:node_errors";
import { validateArray, validateBoolean, validateOneOf, validateString } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_IP_ADDRESS } = codes;

/** Record type → the function that asks for it. */
export const QUERIES = {
  A: "resolve4", AAAA: "resolve6", ANY: "resolveAny", CAA: "resolveCaa", CNAME: "resolveCname", MX: "resolveMx",
  NAPTR: "resolveNaptr", NS: "resolveNs", PTR: "resolvePtr", SOA: "resolveSoa", SRV: "resolveSrv", TLSA: "resolveTlsa",
  TXT: "resolveTxt",
};

/** Java's resolver reads these. */
const READABLE = new Set(["A", "AAAA", "CNAME", "MX", "NAPTR", "NS", "PTR", "SOA", "SRV", "TXT"]);

const ORDERS = ["verbatim", "ipv4first", "ipv6first"];
let order = "verbatim";
let servers = [];

export function getDefaultResultOrder() {
  return order;
}

export function setDefaultResultOrder(value) {
  validateOneOf(value, "dnsOrder", ORDERS);
  order = value;
}

export function getServers() {
  return [...servers];
}

export function setServers(list) {
  servers = checkedServers(list);
}

function checkedServers(list) {
  validateArray(list, "servers");
  return list.map((server, i) => {
    validateString(server, `servers[${i}]`);
    const address = /^\[([^\]]+)\](?::(\d+))?$/.exec(server)?.[1] ?? (isIP(server) !== 0 ? server : server.split(":")[0]);
    if (isIP(address) === 0) throw new ERR_INVALID_IP_ADDRESS(server);
    return /^\[[^\]]+\]:53$|^[\d.]+:53$/.test(server) ? address : server;
  });
}

/** { address, family }, or all of them */
export function lookup(hostname, options = {}) {
  return find(hostname, lookupOptions(hostname, options));
}

async function find(hostname, { family, all, ordering }) {
  if (!hostname) return all ? [] : { address: null, family: family === 6 ? 6 : 4 };
  if (isIP(hostname) !== 0) {
    const own = { address: hostname, family: isIP(hostname) };
    return all ? [own] : own;
  }
  let found;
  try {
    found = JSON.parse(await completion(host.lookup(hostname, family)));
  } catch (error) {
    throw refusedLookup(error, hostname);
  }
  const addresses = found.map((address) => ({ address: shortAddress(address), family: isIP(address) }));
  if (ordering !== "verbatim") addresses.sort((a, b) => (ordering === "ipv4first" ? a.family - b.family : b.family - a.family));
  return all ? addresses : addresses[0];
}

function refusedLookup(error, hostname) {
  const shown = lookupError(hostname, error.code ?? "ENOTFOUND");
  if (error.code === "EACCES") shown.message += ` - ${error.message}`;
  return shown;
}

function lookupOptions(hostname, options) {
  if (hostname) validateString(hostname, "hostname");
  else if (hostname !== undefined && hostname !== null && hostname !== "" && hostname !== false) {
    throw new ERR_INVALID_ARG_TYPE("hostname", "string", hostname);
  }
  if (typeof options === "number") options = { family: options };
  else if (options === null || typeof options !== "object") throw new ERR_INVALID_ARG_TYPE("options", ["integer", "object"], options);
  const { all = false, verbatim, order: wanted } = options;
  const family = options.family === "IPv4" ? 4 : options.family === "IPv6" ? 6 : (options.family ?? 0);
  if (![0, 4, 6].includes(family)) throw new ERR_INVALID_ARG_VALUE("family", family, "must be one of: 0, 4, 6");
  validateBoolean(all, "options.all");
  if (wanted !== undefined) validateOneOf(wanted, "options.order", ORDERS);
  return { family, all, ordering: wanted ?? (verbatim === undefined ? order : verbatim ? "verbatim" : "ipv4first") };
}

export function resolve(hostname, type = "A", options = undefined, asked = servers) {
  validateString(hostname, "name");
  if (QUERIES[type] === undefined) throw new ERR_INVALID_ARG_VALUE("rrtype", type);
  return ask(hostname, type, options, asked);
}

async function ask(hostname, type, options, asked) {
  if (!READABLE.has(type)) throw notSupported(`dns.${QUERIES[type]}()`);
  let records;
  try {
    records = JSON.parse(await completion(host.records(hostname, type, asked.join(","))));
  } catch (error) {
    throw queryError(error, type, hostname);
  }
  const found = records.map((record) => SHAPES[type]?.(record) ?? record);
  if (options?.ttl) throw notSupported("The option ttl of dns queries");
  return type === "SOA" ? found[0] : found;
}

function queryError({ code, message }, type, hostname) {
  const syscall = `query${type[0]}${type.length > 4 || type === "AAAA" || type === "A" ? type.slice(1) : type.slice(1).toLowerCase()}`;
  const error = new Error(`${syscall} ${code} ${hostname}${code === "EACCES" ? ` - ${message}` : ""}`);
  return Object.assign(error, { errno: undefined, code, syscall, hostname });
}

const plain = (name) => name.replace(/\.$/, "");
const fields = (record) => record.split(/\s+/);

/** A record's text, as Java gives it, in the shape that Node gives it. */
const SHAPES = {
  AAAA: shortAddress,
  CNAME: plain,
  NS: plain,
  PTR: plain,
  MX: (record) => ({ exchange: plain(fields(record)[1]), priority: +fields(record)[0] }),
  SRV: (record) => {
    const [priority, weight, port, name] = fields(record);
    return { name: plain(name), port: +port, priority: +priority, weight: +weight };
  },
  SOA: (record) => {
    const [nsname, hostmaster, serial, refresh, retry, expire, minttl] = fields(record);
    return {
      nsname: plain(nsname), hostmaster: plain(hostmaster), serial: +serial, refresh: +refresh, retry: +retry, expire: +expire, minttl: +minttl,
    };
  },
  NAPTR: (record) => {
    const [order_, preference, flags, service, regexp, replacement] = fields(record);
    const bare = (text) => text.replace(/^"|"$/g, "");
    return { flags: bare(flags), service: bare(service), regexp: bare(regexp), replacement: plain(replacement), order: +order_, preference: +preference };
  },
  TXT: (record) => record.match(/"(?:[^"\\]|\\.)*"|\S+/g).map((part) => part.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1")),
};

export async function reverse(address, asked = servers) {
  const family = isIP(address);
  if (family === 0) {
    const error = new Error(`getHostByAddr EINVAL ${address}`);
    throw Object.assign(error, { errno: -22, code: "EINVAL", syscall: "getHostByAddr", hostname: address });
  }
  return resolve(family === 4 ? `${address.split(".").reverse().join(".")}.in-addr.arpa` : `${nibbles(address)}.ip6.arpa`, "PTR", undefined, asked);
}

function nibbles(address) {
  const [head, tail = ""] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = address.includes("::") ? [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail] : head;
  return [...groups.map((group) => group.padStart(4, "0")).join("")].reverse().join(".");
}

export class Resolver {
  #servers = undefined;

  getServers() {
    return [...(this.#servers ?? servers)];
  }

  setServers(list) {
    this.#servers = checkedServers(list);
  }

  resolve(hostname, type = "A", options = undefined) {
    return resolve(hostname, type, options, this.#servers ?? servers);
  }

  reverse(address) {
    return reverse(address, this.#servers ?? servers);
  }

  cancel() {
    throw notSupported("Resolver.cancel()");
  }
}

for (const [type, name] of Object.entries(QUERIES)) {
  Object.defineProperty(Resolver.prototype, name, {
    value(hostname, options) {
      return this.resolve(hostname, type, options);
    },
    writable: true, configurable: true,
  });
}
