// Counts the lines of what is sent, reading into the same 4 KB again and again.
const NEWLINE = 10;

export default {
  async fetch(request) {
    if (request.body === null) {
      return new Response("Send some lines.\n", { status: 400 });
    }
    const reader = request.body.getReader({ mode: "byob" });
    let buffer = new ArrayBuffer(4096);
    let [bytes, lines] = [0, 0];
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done) break;
      bytes += value.length;
      lines += value.reduce((sum, byte) => sum + (byte === NEWLINE), 0);
      buffer = value.buffer;
    }
    return new Response(`${lines} lines, ${bytes} bytes\n`);
  },
};
