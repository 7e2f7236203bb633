// net.SocketAddress and net.BlockList - https://nodejs.org/api/net.html#class-netblocklist
import { isIPv4, isIPv6 } from "internal:net/addresses";
import { codes } from "internal:node_errors";
import { validateInt32, validateObject, validateOneOf, validatePort, validateString, validateUint32 } from "internal:validators";

const { ERR_INVALID_ADDRESS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

export class SocketAddress {
  #value;

  constructor(options = {}) {
    validateObject(options, "options");
    const family = `${options.family ?? "ipv4"}`.toLowerCase();
    validateOneOf(family, "options.family", ["ipv4", "ipv6"]);
    const { address = family === "ipv4" ? "127.0.0.1" : "::", port = 0, flowlabel = 0 } = options;
    validateString(address, "options.address");
    validatePort(port, "options.port");
    validateUint32(flowlabel, "options.flowlabel");
    if (!(family === "ipv4" ? isIPv4(address) : isIPv6(address))) throw new ERR_INVALID_ADDRESS();
    this.#value = { address, family, port: +port, flowlabel };
  }

  static isSocketAddress(value) {
    return typeof value === "object" && value !== null && #value in value;
  }

  get address() {
    return this.#value.address;
  }

  get family() {
    return this.#value.family;
  }

  get port() {
    return this.#value.port;
  }

  get flowlabel() {
    return this.#value.flowlabel;
  }

  toJSON() {
    return { ...this.#value };
  }
}

const BITS = { ipv4: 32, ipv6: 128 };
const LONGEST_GROUPS = 8;

/** An address as one number. An IPv4 address within IPv6 is taken for what it is. */
function numberOf(address, family) {
  if (family === "ipv4") return octets(address);
  const [plain] = address.split("%");
  const dotted = /^(.*:)((?:\d+\.){3}\d+)$/.exec(plain);
  const text = dotted === null ? plain : `${dotted[1]}${hexGroups(octets(dotted[2]))}`;
  const [head, tail] = text.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const groups = tail === undefined ? head : [...head, ...Array(LONGEST_GROUPS - head.length - tail.length).fill("0"), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function octets(address) {
  return address.split(".").reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function hexGroups(number) {
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}

const MAPPED = 0xffffn;

export class BlockList {
  #rules = [];

  addAddress(address, family = "ipv4") {
    const found = checked(address, family, "address");
    this.#add(found, found.number, found.number, `Address: ${shown(found)} ${found.address}`);
  }

  addRange(start, end, family = "ipv4") {
    const from = checked(start, family, "start");
    const to = checked(end, family, "end");
    if (from.number > to.number) throw new ERR_INVALID_ARG_VALUE("start", start, `must come before ${to.address}`);
    this.#add(from, from.number, to.number, `Range: ${shown(from)} ${from.address}-${to.address}`);
  }

  addSubnet(network, prefix, family = "ipv4") {
    const found = checked(network, family, "network");
    validateInt32(prefix, "prefix", 0, BITS[found.family]);
    const size = 1n << BigInt(BITS[found.family] - prefix);
    const first = found.number - (found.number % size);
    this.#add(found, first, first + size - 1n, `Subnet: ${shown(found)} ${found.address}/${prefix}`);
  }

  #add({ family }, first, last, rule) {
    this.#rules.unshift({ family, first, last, rule });
  }

  check(address, family = "ipv4") {
    const text = typeof address === "string";
    if (!text && !SocketAddress.isSocketAddress(address)) throw new ERR_INVALID_ARG_TYPE("address", "string", address);
    if (text) validateString(family, "family");
    const kind = text ? family.toLowerCase() : address.family;
    const host = text ? address : address.address;
    if (!(kind === "ipv4" ? isIPv4(host) : isIPv6(host))) return false;
    const number = numberOf(host, kind);
    const mapped = kind === "ipv6" && number >> 32n === MAPPED ? number & 0xffffffffn : undefined;
    return this.#rules.some(
      (rule) =>
        (rule.family === kind && within(rule, number)) ||
        (rule.family === "ipv4" && mapped !== undefined && within(rule, mapped)) ||
        (rule.family === "ipv6" && kind === "ipv4" && within(rule, (MAPPED << 32n) | number)),
    );
  }

  get rules() {
    return this.#rules.map(({ rule }) => rule);
  }

  static isBlockList(value) {
    return typeof value === "object" && value !== null && #rules in value;
  }
}

function within({ first, last }, number) {
  return number >= first && number <= last;
}

const shown = ({ family }) => (family === "ipv4" ? "IPv4" : "IPv6");

function checked(address, family, name) {
  if (!SocketAddress.isSocketAddress(address)) {
    validateString(address, name);
    validateString(family, "family");
    address = new SocketAddress({ address, family: family.toLowerCase() });
  }
  return { address: address.address, family: address.family, number: numberOf(address.address, address.family) };
}
