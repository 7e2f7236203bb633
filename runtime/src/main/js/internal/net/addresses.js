// What tells addresses apart - https://nodejs.org/api/net.html#netisipinput
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const V4 = `(?:${OCTET}\\.){3}${OCTET}`;
const GROUP = "[0-9a-fA-F]{1,4}";
const IPV4 = new RegExp(`^${V4}$`);
const IPV6 = new RegExp(
  "^(?:" +
    [
      `(?:${GROUP}:){7}(?:${GROUP}|:)`,
      `(?:${GROUP}:){6}(?:${V4}|:${GROUP}|:)`,
      `(?:${GROUP}:){5}(?::${V4}|(?::${GROUP}){1,2}|:)`,
      `(?:${GROUP}:){4}(?:(?::${GROUP}){0,1}:${V4}|(?::${GROUP}){1,3}|:)`,
      `(?:${GROUP}:){3}(?:(?::${GROUP}){0,2}:${V4}|(?::${GROUP}){1,4}|:)`,
      `(?:${GROUP}:){2}(?:(?::${GROUP}){0,3}:${V4}|(?::${GROUP}){1,5}|:)`,
      `(?:${GROUP}:){1}(?:(?::${GROUP}){0,4}:${V4}|(?::${GROUP}){1,6}|:)`,
      `(?::(?:(?::${GROUP}){0,5}:${V4}|(?::${GROUP}){1,7}|:))`,
    ].join("|") +
    ")(?:%[0-9a-zA-Z-.:]{1,})?$",
);

export function isIPv4(input) {
  return IPV4.test(`${input}`);
}

export function isIPv6(input) {
  return IPV6.test(`${input}`);
}

/** 4, 6, or 0 for what is no address. */
export function isIP(input) {
  return isIPv4(input) ? 4 : isIPv6(input) ? 6 : 0;
}

/** Java writes IPv6 addresses in full: the longest run of zeros becomes "::" (RFC 5952). */
export function shortAddress(address) {
  if (!address.includes(":") || address.includes("::")) return address;
  const runs = address.match(/\b0(?::0)+\b/g);
  if (runs === null) return address;
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a));
  return address.replace(longest, "::").replace(/:{3,}/, "::");
}

export function familyOf(address) {
  return address.includes(":") ? "IPv6" : "IPv4";
}
