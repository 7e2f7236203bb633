// URLPattern: constructor strings, objects, bases, groups, regular expressions and what is refused.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));

const books = new URLPattern({ pathname: "/books/:id(\\d+)/:part?" });
log(books.pathname, books.hostname, books.hasRegExpGroups);
log(books.test("https://example.com/books/12"), books.test("https://example.com/books/x"), books.test("no url"));
log(books.exec("https://example.com/books/12/end").pathname);
log(books.exec("https://example.com/books/12").pathname.groups.part === undefined);
log(Object.keys(books.exec("https://example.com/books/12")).join());
log(books.exec("/books/12", "https://example.com/").inputs);

const whole = new URLPattern("https://{:sub.}?example.com:*/a-b/*?q=:word#");
for (const part of ["protocol", "username", "hostname", "port", "pathname", "search", "hash"]) {
  log(part, whole[part]);
}
log(new URLPattern("*.png", "https://example.com/images/").pathname, new URLPattern("data\\:foobar").pathname);
log(new URLPattern({ hostname: "CAFÉ.com", pathname: "/ü" }).hostname, new URLPattern({ pathname: "/ü" }).pathname);
log(new URLPattern({ pathname: "/Foo" }, { ignoreCase: true }).test({ pathname: "/fOO" }));
log(new URLPattern({ pathname: "/([[a-z]--a])" }).test({ pathname: "/a" }), new URLPattern({ pathname: "/(a-b)" }).test({ pathname: "/a-b" }));

const refused = [
  () => new URLPattern("/relative"),
  () => new URLPattern({ pathname: "/(" }),
  () => new URLPattern({ pathname: "/:a/:a" }),
  () => new URLPattern({ port: "99999" }),
  () => new URLPattern({ pathname: "/" }, "https://example.com"),
  () => new URLPattern({ baseURL: "no url" }),
  () => URLPattern({}),
  () => URLPattern.prototype.test.call({}),
];
for (const attempt of refused) {
  try {
    attempt();
    log("no error");
  } catch (error) {
    log(error.name);
  }
}
log(URLPattern.length, Object.prototype.toString.call(books));
