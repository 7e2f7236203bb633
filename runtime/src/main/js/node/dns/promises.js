// node:dns/promises - https://nodejs.org/api/dns.html#dns-promises-api
import * as codes from "internal:dns/codes";
import { getDefaultResultOrder, getServers, lookup, QUERIES, resolve, Resolver, reverse, setDefaultResultOrder, setServers } from "internal:dns/queries";
import { notSupported } from "internal:node_errors";

export async function lookupService() {
  throw notSupported("dns.lookupService()", "the names of services aren't known");
}

function queryOf(type) {
  const name = QUERIES[type];
  return {
    async [name](hostname, options) {
      return resolve(hostname, type, options);
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

export const {
  ADDRGETNETWORKPARAMS, BADFAMILY, BADFLAGS, BADHINTS, BADNAME, BADQUERY, BADRESP, BADSTR, CANCELLED, CONNREFUSED,
  DESTRUCTION, EOF, FILE, FORMERR, LOADIPHLPAPI, NODATA, NOMEM, NONAME, NOTFOUND, NOTIMP, NOTINITIALIZED, REFUSED, SERVFAIL,
  TIMEOUT,
} = codes;
export { getDefaultResultOrder, getServers, lookup, resolve, Resolver, reverse, setDefaultResultOrder, setServers };

export default {
  ...codes, getDefaultResultOrder, getServers, lookup, lookupService, resolve, resolve4, resolve6, resolveAny, resolveCaa,
  resolveCname, resolveMx, resolveNaptr, resolveNs, resolvePtr, resolveSoa, Resolver, resolveSrv, resolveTlsa, resolveTxt,
  reverse, setDefaultResultOrder, setServers,
};
