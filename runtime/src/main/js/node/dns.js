// node:dns - https://nodejs.org/api/dns.html
// lookup() asks the system; records are asked of the system's name servers, or of those that setServers() names.
import * as promises from "node:dns/promises";
import { capture } from "internal:async_context";
import * as codes from "internal:dns/codes";
import { getDefaultResultOrder, getServers, lookup as find, QUERIES, resolve as query, Resolver as PromisesResolver, reverse as findNames, setDefaultResultOrder, setServers } from "internal:dns/queries";
import { codes as errors } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateString } from "internal:validators";
import { customPromisifyArgs } from "internal:promisify";

const { ERR_INVALID_ARG_TYPE } = errors;

/** lookup(hostname[, options], callback): callback(error, address, family), or (error, addresses) with all. */
export function lookup(hostname, options, callback) {
  if (typeof options === "function") {
    callback = options;
    options = {};
  }
  validateFunction(callback, "callback");
  const told = capture(callback);
  find(hostname, options).then(
    (found) => (Array.isArray(found) ? nextTick(told, null, found) : nextTick(told, null, found.address, found.family)),
    (error) => nextTick(told, error),
  );
  return {};
}
Object.defineProperty(lookup, customPromisifyArgs, { value: ["address", "family"] });

function answering(ask) {
  return (callback, ...args) => {
    validateFunction(callback, "callback");
    const told = capture(callback);
    ask(...args).then((found) => nextTick(told, null, found), (error) => nextTick(told, error));
    return {};
  };
}

export function resolve(hostname, type, callback) {
  if (typeof type === "function") {
    callback = type;
    type = "A";
  }
  validateString(hostname, "name");
  return answering(query)(callback, hostname, type);
}

export function reverse(address, callback) {
  validateString(address, "name");
  return answering(findNames)(callback, address);
}

export function lookupService(address, port, callback) {
  validateFunction(callback, "callback");
  const told = capture(callback);
  promises.lookupService(address, port).then(({ hostname, service }) => nextTick(told, null, hostname, service), (error) => nextTick(told, error));
  return {};
}

function queryOf(type, resolver = undefined) {
  const name = QUERIES[type];
  return {
    [name](hostname, options, callback) {
      if (typeof options === "function") {
        callback = options;
        options = undefined;
      }
      if (typeof hostname !== "string") throw new ERR_INVALID_ARG_TYPE("name", "string", hostname);
      return answering((...args) => (resolver ? resolver.resolve(...args) : query(...args)))(callback, hostname, type, options);
    },
  }[name];
}

export const resolve4 = queryOf("A");
export const resolve6 = queryOf("AAAA");
export const resolveAny = queryOf("ANY");
export const resolveCaa = queryOf("CAA");
export const resolveCname = queryOf("CNAME");
export const resolveMx = queryOf("MX");
export const resolveNaptr = queryOf("NAPTR");
export const resolveNs = queryOf("NS");
export const resolvePtr = queryOf("PTR");
export const resolveSoa = queryOf("SOA");
export const resolveSrv = queryOf("SRV");
export const resolveTlsa = queryOf("TLSA");
export const resolveTxt = queryOf("TXT");

/** Servers of its own. */
export class Resolver {
  #resolver = new PromisesResolver();

  constructor() {
    for (const type of Object.keys(QUERIES)) this[QUERIES[type]] = queryOf(type, this.#resolver);
  }

  resolve(hostname, type, callback) {
    if (typeof type === "function") {
      callback = type;
      type = "A";
    }
    return answering((...args) => this.#resolver.resolve(...args))(callback, hostname, type);
  }

  reverse(address, callback) {
    return answering((...args) => this.#resolver.reverse(...args))(callback, address);
  }

  getServers() {
    return this.#resolver.getServers();
  }

  setServers(servers) {
    this.#resolver.setServers(servers);
  }

  cancel() {
    this.#resolver.cancel();
  }
}

export const {
  ADDRCONFIG, ADDRGETNETWORKPARAMS, ALL, BADFAMILY, BADFLAGS, BADHINTS, BADNAME, BADQUERY, BADRESP, BADSTR, CANCELLED,
  CONNREFUSED, DESTRUCTION, EOF, FILE, FORMERR, LOADIPHLPAPI, NODATA, NOMEM, NONAME, NOTFOUND, NOTIMP, NOTINITIALIZED,
  REFUSED, SERVFAIL, TIMEOUT, V4MAPPED,
} = codes;
const promised = promises.default;
export { getDefaultResultOrder, getServers, promised as promises, setDefaultResultOrder, setServers };

export default {
  ...codes, getDefaultResultOrder, getServers, lookup, lookupService, promises: promised, resolve, resolve4, resolve6,
  resolveAny, resolveCaa, resolveCname, resolveMx, resolveNaptr, resolveNs, resolvePtr, resolveSoa, Resolver, resolveSrv,
  resolveTlsa, resolveTxt, reverse, setDefaultResultOrder, setServers,
};
