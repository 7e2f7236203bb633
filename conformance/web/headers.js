// Headers: combining, order, Set-Cookie, validation.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const headers = new Headers({ "X-B": " 2 ", "x-a": "1" });
headers.append("X-b", "3");
headers.append("Set-Cookie", "a=1");
headers.append("set-cookie", "b=2, c");
log([...headers], headers.get("X-B"), headers.getSetCookie(), headers.get("none"));
headers.delete("x-B");
headers.set("X-A", "new");
log([...headers.keys()], [...headers.values()], headers.has("X-b"));
headers.forEach((value, name) => log(name, value));
const iterator = headers.entries();
log(iterator.next(), Object.prototype.toString.call(iterator));
headers.append("x-0", "late");
log([...iterator]);
log([...new Headers([["a", "1"], ["a", "2"]])], [...new Headers(new Headers({ c: "3" }))]);
for (const wrong of [
  () => headers.append("bad name", "x"),
  () => headers.append("name", "a\nb"),
  () => headers.set("name", "€"),
  () => new Headers([["one"]]),
  () => new Headers(1),
  () => headers.get(),
]) {
  try {
    wrong();
    log("no error");
  } catch (error) {
    log(error.name);
  }
}
