// What a Web platform is measured by, in any runtime: prints `RESULT name milliseconds check` for each operation.
// The check is the same wherever the operation does the same.
const MB = 1 << 20;
const CHUNK = 16 << 10;

const operations = {
  transform_pipe: [64, pipe],
  text_encode: [10, (megabytes) => measureEncode(text(megabytes))],
  text_decode: [10, (megabytes) => measureDecode(new TextEncoder().encode(text(megabytes)))],
  url: [100, (thousands) => parseUrls(thousands * 1000)],
  headers: [100, (thousands) => useHeaders(thousands * 1000)],
  sha256: [64, hash],
  gzip: [64, compress],
};

for (const [name, [size, run]] of Object.entries(operations)) {
  for (let i = 0; i < 3; i++) await run(Math.ceil(size / 10));
  const { milliseconds, check } = await run(size);
  console.log(`RESULT ${name} ${milliseconds.toFixed(3)} ${check}`);
}

async function timed(work) {
  const start = performance.now();
  const check = await work();
  return { milliseconds: performance.now() - start, check };
}

/** A megabyte of markup with a character beyond Latin-1 on each line, times n. */
function text(megabytes) {
  const line = `<li class="row"><a href="/products/42?q=shoe">A product of ours</a> <b>19.99 €</b></li>\n`;
  return line.repeat(Math.ceil((megabytes * MB) / line.length));
}

function measureEncode(string) {
  const encoder = new TextEncoder();
  return timed(() => encoder.encode(string).length);
}

function measureDecode(bytes) {
  const decoder = new TextDecoder();
  return timed(() => decoder.decode(bytes).length);
}

/** Chunks of 16 KB through a TransformStream that passes them on. */
async function pipe(megabytes) {
  const chunk = new Uint8Array(CHUNK);
  let left = (megabytes * MB) / CHUNK;
  let received = 0;
  const source = new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(chunk);
      else controller.close();
    },
  });
  const pass = new TransformStream({
    transform(part, controller) {
      controller.enqueue(part);
    },
  });
  const sink = new WritableStream({
    write(part) {
      received += part.length;
    },
  });
  return timed(async () => {
    await source.pipeThrough(pass).pipeTo(sink);
    return received;
  });
}

function parseUrls(count) {
  return timed(() => {
    let length = 0;
    for (let i = 0; i < count; i++) {
      length += new URL(`https://user.example.com:8443/shop/../products/${i}?q=caf%C3%A9&page=${i}#top`).href.length;
    }
    return length;
  });
}

function useHeaders(count) {
  return timed(() => {
    let length = 0;
    for (let i = 0; i < count; i++) {
      const headers = new Headers({ "Content-Type": "text/html", "X-Request-Id": `${i}` });
      headers.append("Vary", "Accept-Encoding");
      headers.append("Vary", "Cookie");
      length += headers.get("vary").length + headers.get("x-request-id").length;
    }
    return length;
  });
}

function hash(megabytes) {
  const bytes = new Uint8Array(megabytes * MB).fill(0x5a);
  return timed(async () => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
}

/** Compressed sizes differ between implementations of zlib, so the check is what comes out when it is unpacked. */
async function compress(megabytes) {
  const part = new TextEncoder().encode(lines(4 * CHUNK));
  const compressed = [];
  const measured = await timed(async () => {
    const stream = new CompressionStream("gzip");
    const reading = collect(stream.readable, compressed);
    const writer = stream.writable.getWriter();
    for (let left = megabytes * MB; left > 0; left -= part.length) await writer.write(part);
    await writer.close();
    await reading;
  });
  const unpacked = new Blob(compressed).stream().pipeThrough(new DecompressionStream("gzip"));
  let length = 0;
  for await (const chunk of unpacked) length += chunk.length;
  return { ...measured, check: length };
}

async function collect(stream, chunks) {
  for await (const chunk of stream) chunks.push(chunk);
}

/** Text that packs about as well as pages do. */
function lines(length) {
  let state = 1;
  let made = "";
  while (made.length < length) {
    state = (state * 1103515245 + 12345) % 2147483648;
    made += `<li id="p${state % 9973}">Product ${state % 613} costs ${state % 97}.99</li>\n`;
  }
  return made.slice(0, length);
}
