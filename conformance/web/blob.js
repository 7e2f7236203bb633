// Blob and File.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const blob = new Blob(["aé", new Uint8Array([98, 99]), new Blob(["d"]), new Uint16Array([101]).buffer, 12], { type: "Text/Plain" });
log(blob.size, blob.type, await blob.text());
const part = blob.slice(1, -2, "X/Y");
log(part.size, part.type, await part.text(), [...new Uint8Array(await blob.slice(-1).arrayBuffer())]);
const chunks = [];
for await (const chunk of blob.stream()) chunks.push(...chunk);
log(chunks);
const reader = new Blob(["0123456789"]).stream().getReader({ mode: "byob" });
const { value } = await reader.read(new Uint8Array(4));
log(new TextDecoder().decode(value));
const file = new File(["x\r\ny"], "näme.txt", { type: "t/t", lastModified: 42 });
log(file.name, file.lastModified, file.size, file instanceof Blob, Object.prototype.toString.call(file));
log(new Blob([]).size, new Blob(["\ud800"]).size, new Blob(["x"], { type: "\u0100" }).type);
const url = URL.createObjectURL(blob);
log(url.startsWith("blob:"));
URL.revokeObjectURL(url);
for (const wrong of [() => new Blob("text"), () => new File(["x"]), () => new Blob([], 1), () => Blob.prototype.size]) {
  try {
    wrong();
    log("no error");
  } catch (error) {
    log(error.name);
  }
}
