// crypto.DigestStream and crypto.subtle.timingSafeEqual, which Workers have beside WebCrypto.
const hex = (buffer) => new Uint8Array(buffer).toHex();
const digestOf = async (algorithm, chunks) => {
  const stream = new crypto.DigestStream(algorithm);
  await ReadableStream.from(chunks).pipeTo(stream);
  return `${stream.bytesWritten} ${hex(await stream.digest)}`;
};
const bytes = new TextEncoder().encode("hello world");
for (const algorithm of ["MD5", "sha-1", { name: "SHA-256" }, "SHA-384", "SHA-512"]) {
  console.log(algorithm.name ?? algorithm, await digestOf(algorithm, ["hello ", bytes.subarray(6, 8), bytes.slice(8).buffer]));
}
console.log("empty", await digestOf("SHA-256", []));

const failed = new crypto.DigestStream("SHA-256");
const writer = failed.getWriter();
await writer.write(bytes);
await writer.abort(new RangeError("enough"));
console.log(await failed.digest.catch((error) => `${error.name}: ${error.message}`));
const wrong = new crypto.DigestStream("SHA-256").getWriter();
console.log(await wrong.write(5).catch((error) => error.name));
for (const make of [() => new crypto.DigestStream("SHA-3"), () => new crypto.DigestStream(), () => crypto.DigestStream("MD5")]) {
  try {
    make();
  } catch (error) {
    console.log(error.name);
  }
}
console.log(Object.prototype.toString.call(failed), failed instanceof WritableStream, crypto.DigestStream.name);

const equal = (a, b) => crypto.subtle.timingSafeEqual(a, b);
console.log(equal(bytes, bytes.slice()), equal(bytes, bytes.slice().fill(0, 10)), equal(new ArrayBuffer(2), new DataView(new ArrayBuffer(2))));
for (const run of [() => equal(bytes, bytes.subarray(1)), () => equal("a", "a"), () => equal(bytes), () => crypto.subtle.timingSafeEqual.call({}, bytes, bytes)]) {
  try {
    run();
  } catch (error) {
    console.log(error.name);
  }
}
