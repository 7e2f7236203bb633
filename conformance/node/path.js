import path, { posix, win32 } from "node:path";

for (const p of ["/a/b/../c.txt", "a//b/", "", "/", "../x", ".hidden", "a.b.c", "/a/b/"]) {
  console.log(JSON.stringify(p), path.normalize(p), path.dirname(p), path.basename(p), path.extname(p), path.isAbsolute(p), path.parse(p));
}
console.log(path.join("a", "..", "/b", "c/"), path.resolve("/a", "b", "../c"), path.relative("/a/b/c", "/a/d"), path.basename("x.js", ".js"));
console.log(path.format({ dir: "/d", name: "n", ext: "e" }), path.sep, path.delimiter, path.posix === posix, path.win32 === win32);
console.log(win32.join("C:\\a", "..", "b"), win32.resolve("C:\\a", "..\\b"), win32.parse("C:\\p\\f.txt"), win32.relative("C:\\a\\b", "C:\\c"), win32.basename("C:\\x\\y.z"));
try {
  path.join(1);
} catch (error) {
  console.log(error.code, error.message);
}
