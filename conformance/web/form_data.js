// FormData, its multipart form there and back, and urlencoded bodies.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const form = new FormData();
form.append("a", "1");
form.append("a", "two\nlines");
form.append("file", new File(["content\r\n--"], 'na"me.bin', { type: "app/x" }));
form.append("blob", new Blob(["b"]), "renamed");
form.set("set", 5);
log([...form.keys()], form.getAll("a"), form.get("file").name, form.get("blob").name, form.has("none"));

const request = new Request("http://h/", { method: "POST", body: form });
const type = request.headers.get("content-type");
log(type.split("=")[0], request.bodyUsed);
const back = await request.formData();
for (const [name, value] of back) {
  log(name, typeof value === "string" ? JSON.stringify(value) : [value.name, value.type, await value.text()]);
}
log(request.bodyUsed);

const encoded = new Response("a=1&b=%C3%A9+x&c", { headers: { "content-type": "application/x-www-form-urlencoded" } });
log([...(await encoded.formData())]);
log((await new Response(new URLSearchParams({ q: "x y" })).text()), new Response(new URLSearchParams()).headers.get("content-type"));

for (const body of ["--x\r\nnothing", "garbage"]) {
  const broken = new Response(body, { headers: { "content-type": "multipart/form-data; boundary=x" } });
  await broken.formData().catch((error) => log(error.name));
}
await new Response("x").formData().catch((error) => log(error.name));
