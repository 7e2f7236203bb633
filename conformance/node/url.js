import url, { fileURLToPath, pathToFileURL, URL as NodeURL, urlToHttpOptions } from "node:url";
import querystring from "node:querystring";

console.log(NodeURL === URL, fileURLToPath("file:///a%20b/c"), pathToFileURL("/x y#z").href);
console.log(url.parse("http://user:pw@host.com:8080/p/a?q=1#h"), url.parse("/p?a=1&b=2", true).query.b);
console.log(url.format({ protocol: "https", hostname: "h", pathname: "/p", query: { a: [1, 2] } }), url.resolve("http://a/b/c", "../d?x"));
console.log(url.format(new URL("http://xn--mnchen-3ya.de/?a#b"), { fragment: false, search: false }), url.resolve("/one/two/three", "four"));
for (const bad of [() => fileURLToPath("http://x"), () => fileURLToPath("file:///a%2fb"), () => url.parse(5)]) {
  try {
    bad();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
console.log(querystring.parse("a=1&a=2&b=%20x+y&c"), querystring.stringify({ a: [1, "ä"], b: true, c: "" }), querystring.escape("a b&"), querystring.unescape("%zz%41"));
console.log(urlToHttpOptions(new URL("https://u:p@h:81/x?y#z")).path);
