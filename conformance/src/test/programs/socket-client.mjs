// Opens WebSockets to where its requests say, and answers with what happened.
function run(url, protocols, act) {
  return new Promise((resolve) => {
    const seen = [];
    const socket = new WebSocket(url, protocols);
    const show = (data) => (typeof data === "string" ? `text ${data.length} ${data.slice(0, 10)}` : `${data.constructor.name} ${data.size ?? data.byteLength}`);
    seen.push(`state ${socket.readyState}`);
    if (act === undefined) socket.close();
    socket.onopen = () => (seen.push(`open ${socket.protocol} ${socket.extensions.split(";")[0]}`), act(socket));
    socket.onmessage = ({ data }) => seen.push(show(data));
    socket.onerror = () => seen.push("error");
    socket.onclose = ({ code, reason, wasClean }) => resolve([...seen, `close ${code} ${reason} ${wasClean}`, `state ${socket.readyState}`].join("\n"));
  });
}

const ACTS = {
  echo(socket) {
    socket.send("héllo");
    socket.send(new Uint8Array([1, 2, 3]).subarray(1));
    socket.send(new Blob(["blob"]));
    socket.send("x".repeat(100_000));
    socket.send("bye");
  },
  buffers(socket) {
    socket.binaryType = "arraybuffer";
    socket.send(new DataView(new ArrayBuffer(4)));
    socket.send("bye");
  },
  close: (socket) => socket.close(3001, "mine"),
  nothing() {},
};

async function passOn(request, url) {
  const answer = await fetch(url, { headers: request.headers });
  return answer.webSocket === null ? new Response(`refused ${answer.status}`) : new Response(null, { status: 101, webSocket: answer.webSocket });
}

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    const port = searchParams.get("port");
    if (request.headers.has("upgrade")) return passOn(request, `http://127.0.0.1:${port}/`);
    const protocols = searchParams.get("protocol")?.split(",") ?? [];
    return new Response(await run(`ws://127.0.0.1:${port}/`, protocols, ACTS[searchParams.get("act")]));
  },
};
