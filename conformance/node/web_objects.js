// The Web's objects in Node: how they are shown, and the codes of their errors.
import { inspect } from "node:util";
import { fileURLToPath, pathToFileURL } from "node:url";

console.log(new URL("http://u:p@a.b:8080/x?y=1#z"));
console.log(new URLSearchParams("a=b&c=d"), new URLSearchParams(), new URLSearchParams("a=b&c=d").keys());
console.log({ deep: { deeper: { url: new URL("http://a/"), params: new URLSearchParams("a=b"), headers: new Headers({ a: "1" }) } } });
console.log(inspect(new URLSearchParams("a=b"), { breakLength: 1 }));
console.log(new Headers({ b: "2", a: "1" }));
console.log(new Response("text", { status: 201, headers: { "X-A": "1" } }));
console.log(new Blob(["abc"], { type: "text/plain" }), new TextDecoder("utf-16le"), new AbortController());
console.log(new ReadableStream(), new ReadableStream({ type: "bytes" }), new WritableStream(), new TextEncoderStream());
const form = new FormData();
form.append("a", "1");
form.append("a", "2");
console.log(form);
class Mine extends Headers {}
console.log(new Mine(), { [Symbol.toStringTag]: "Headers" }, Headers.prototype);

const params = new URLSearchParams("a=b");
for (const use of [
  () => params.append("a"), () => params.get(), () => params.get.call({}), () => params.keys().next.call(undefined),
  () => new URLSearchParams([[1]]), () => new URLSearchParams([1]), () => new URLSearchParams({ [Symbol.iterator]: 1 }),
  () => params.forEach(1), () => params.size, () => Reflect.get(URLSearchParams.prototype, "size", {}),
  () => URL.revokeObjectURL(), () => new TextDecoder().decode(1), () => new URL("x"),
]) {
  try {
    console.log(use());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

for (const path of ["C:\\a b\\c#d?", "C:\\a\\", "\\\\server\\share\\x", "\\\\?\\UNC\\server\\share\\x"]) {
  const url = pathToFileURL(path, { windows: true });
  console.log(url.href, fileURLToPath(url, { windows: true }));
}
for (const path of ["\\\\server", "\\\\\\x"]) {
  try {
    pathToFileURL(path, { windows: true });
  } catch ({ code, message }) {
    console.log(code, message);
  }
}
