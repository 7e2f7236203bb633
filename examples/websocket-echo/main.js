// A worker that accepts WebSockets and sends back what it gets; "bye" closes.
const PAGE = `<!doctype html><title>Echo</title><form><input autofocus><button>Send</button></form><ul></ul>
<script>
const socket = new WebSocket(location.href.replace(/^http/, "ws"), "echo");
const show = (text) => document.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: text }));
socket.onmessage = ({ data }) => show(data);
socket.onclose = ({ code, reason }) => show("closed: " + code + " " + reason);
document.forms[0].onsubmit = (event) => {
  event.preventDefault();
  socket.send(document.querySelector("input").value);
  event.target.reset();
};
</script>`;

function echo(request) {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.addEventListener("message", ({ data }) => {
    if (data === "bye") server.close(1000, "good bye");
    else server.send(data);
  });
  server.addEventListener("close", ({ code, reason }) => console.log("closed", code, reason));
  const protocol = request.headers.get("sec-websocket-protocol");
  const headers = protocol === null ? {} : { "sec-websocket-protocol": protocol.split(",")[0].trim() };
  return new Response(null, { status: 101, webSocket: client, headers });
}

export default {
  fetch(request) {
    if (request.headers.get("upgrade")?.toLowerCase() === "websocket") return echo(request);
    return new Response(PAGE, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
