// URL and URLSearchParams.
const log = (...values) => console.log(values.join(" "));
const url = new URL("../b%20c/./d?x=1&y=%C3%A9&x=2#frag", "HTTPS://User:p%40ss@Example.COM:8443/a/base");
for (const part of ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"]) {
  log(part, url[part]);
}
url.port = 443;
url.pathname = "/ü /";
url.hash = "";
url.searchParams.append("z z", "&=+");
url.searchParams.delete("x", "1");
log(url, JSON.stringify({ url }));
url.search = "?only=this";
log([...url.searchParams], url.searchParams.size);
url.protocol = "ftp";
url.host = "other.example:21";
log(url.href);

const params = new URLSearchParams([["b", "2"], ["a", "1"], ["b", "ü"]]);
params.sort();
params.set("c", "~'()*");
log(params, params.getAll("b"), params.has("a", "1"), params.has("a", "2"), params.get("none"));
params.forEach((value, name, self) => log(name, value, self === params));
log(new URLSearchParams({ a: "1", b: "x y" }), new URLSearchParams("?q=%zz+%41&&empty&=v"), new URLSearchParams(params) !== params);
log(Object.prototype.toString.call(params.keys()), Object.prototype.toString.call(url), Object.keys(URL.prototype).length);

for (const href of ["http://[::1]:80/", "http://0x7f.1", "http://bücher.example", "file:///C|/a/..", "data:text/plain,x y", "blob:https://a.b/id", "non-special://h:9/p?q"]) {
  const parsed = new URL(href);
  log(parsed.href, parsed.origin, parsed.hostname, parsed.pathname);
}
log(URL.canParse("x:"), URL.canParse("/x"), URL.canParse("/x", "http://h"));
for (const wrong of [() => new URL("nope"), () => URL("http://x"), () => new URL("http://h:99999"), () => (url.href = "x")]) {
  try {
    wrong();
  } catch (error) {
    log(error.name, error.message.includes("Invalid URL") ? error.code : "");
  }
}
