// Names: lookups of the system, the forms of the API, failures. Records are asked of a name server of the program's own
// in NameServerTest.
import dns from "node:dns";
import { promisify } from "node:util";

console.log(await dns.promises.lookup("127.0.0.1"), await dns.promises.lookup("::1"), await dns.promises.lookup("localhost", 4));
console.log(await promisify(dns.lookup)("127.0.0.1"), (await dns.promises.lookup("localhost", { all: true, family: 4 })).length > 0);
console.log(await dns.promises.lookup(""), await dns.promises.lookup("", { all: true }));
dns.lookup("localhost", { family: 4 }, (error, address, family) => console.log(error, address, family));
const missing = await dns.promises.lookup("no-such-host.invalid").catch((error) => error);
console.log(missing.syscall, missing.hostname, missing instanceof Error);
for (const wrong of [() => dns.lookup("a"), () => dns.lookup("a", 5, () => {}), () => dns.resolve4(1, () => {}), () => dns.resolve("a", "NOPE", () => {}), () => dns.setServers(["x"]), () => dns.setDefaultResultOrder("x")]) {
  try {
    await wrong();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
dns.setServers(["127.0.0.1:5353", "[::1]:53"]);
console.log(dns.getServers(), dns.getDefaultResultOrder());
console.log(await dns.promises.reverse("nothing").catch(({ code, syscall }) => [code, syscall]));
console.log(dns.NOTFOUND, dns.promises.TIMEOUT, dns.ADDRCONFIG);
