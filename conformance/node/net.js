// node:net: what is an address.
import { isIP, isIPv4, isIPv6 } from "node:net";

const texts = [
  "127.0.0.1", "256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "", "::", "::1", "fe80::1%eth0", "::ffff:1.2.3.4", "1::2::3",
  "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:1.2.3.4", "12345::", "g::1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "[::1]",
];
for (const text of texts) console.log(JSON.stringify(text), isIP(text), isIPv4(text), isIPv6(text));
console.log(isIP(undefined), isIP({ toString: () => "10.0.0.1" }));
