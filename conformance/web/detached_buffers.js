// Buffers that were transferred away have no bytes: where the standards take bytes they are read as empty, where they
// are written to or handed over they are refused, and nothing is lost by it.
const detached = () => {
  const bytes = new Uint8Array([1, 2, 3]);
  bytes.buffer.transfer();
  return bytes;
};
const show = async (name, attempt) => {
  try {
    console.log(name, await attempt());
  } catch (error) {
    console.log(name, error.constructor.name === "DOMException" ? error.name : error.constructor.name);
  }
};
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

await show("decode", () => JSON.stringify(new TextDecoder().decode(detached())));
await show("decode a buffer", () => JSON.stringify(new TextDecoder("utf-16le").decode(detached().buffer)));
await show("encodeInto", () => JSON.stringify(new TextEncoder().encodeInto("abc", detached())));
await show("digest", async () => hex(await crypto.subtle.digest("SHA-1", detached())));
await show("digest a buffer", async () => hex(await crypto.subtle.digest("SHA-1", detached().buffer)));
await show("random", () => crypto.getRandomValues(detached()).length);
await show("blob", () => new Blob([detached(), "x", detached().buffer]).size);
await show("file", () => new File([detached()], "f").size);
await show("response", async () => (await new Response(detached()).text()).length);
await show("request", async () => (await new Request("http://a/", { method: "POST", body: detached() }).text()).length);
await show("clone", () => structuredClone(detached()));
await show("clone a buffer", () => structuredClone(detached().buffer));
await show("transfer", () => structuredClone(1, { transfer: [detached().buffer] }));
await show("message", () => new MessageChannel().port1.postMessage(1, [detached().buffer]));

const compressed = new CompressionStream("gzip");
const unpacked = new Response(compressed.readable.pipeThrough(new DecompressionStream("gzip"))).text();
const packing = compressed.writable.getWriter();
packing.write(detached());
packing.write(new TextEncoder().encode("after"));
packing.close();
await show("compress", () => unpacked);

const bytes = () => new ReadableStream({ type: "bytes", pull: (controller) => controller.enqueue(detached()) });
await show("enqueue", () => bytes().getReader().read());
const empty = new ReadableStream({ type: "bytes" });
await show("read into", () => empty.getReader({ mode: "byob" }).read(detached()));
const respond = new ReadableStream({
  type: "bytes",
  pull(controller) {
    const { view } = controller.byobRequest;
    view.buffer.transfer();
    controller.byobRequest.respond(1);
  },
});
await show("respond", () => respond.getReader({ mode: "byob" }).read(new Uint8Array(4)));

// A transfer takes the bytes while they are looked at: what was given is what is read.
const taken = new Uint8Array([104, 105]);
const digest = crypto.subtle.digest("SHA-1", taken);
const response = new Response(taken);
taken.buffer.transfer();
await show("taken", async () => [hex(await digest), await response.text()].join(" "));
