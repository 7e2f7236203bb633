// wasi_http of wasmedge-quickjs: HTTP/1 messages as bytes over wasi_net, as its own http module uses them.
import * as net from "wasi_net";
import * as http from "wasi_http";
import { createServer, request as ask } from "http";
import { once } from "events";

const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (string) => new TextEncoder().encode(string).buffer;

// Requests: their parts may come apart.
const incoming = new http.Buffer();
print(incoming.length, incoming.buffer, incoming.append(bytes("POST /a?b HTTP/1.1\r\nHost: x:1\r\nContent-")), incoming.append("text"), incoming.parseRequest());
incoming.append(bytes("Length: 4\r\n\r\nfo"));
print(incoming.parseRequest());
incoming.append(bytes("ur"));
const parsed = incoming.parseRequest();
print(parsed instanceof http.WasiRequest, parsed.method, parsed.uri, parsed.version, JSON.stringify(parsed.headers), text(parsed.body), parsed.getHeader("host"), parsed.getHeader("none"));
incoming.clear();
print(incoming.byteLength);
const failure = (parse) => {
  try {
    return parse().message;
  } catch (error) {
    return error.message;
  }
};
for (const line of ["MOVE / HTTP/1.1", "GET / HTTP/2", "GET", "GET / HTTP/1.1\r\nno field", "GET / HTTP/1.1\r\nContent-Length: -1"]) {
  print(failure(() => new http.Buffer(bytes(`${line}\r\n\r\n`)).parseRequest()));
}
print(failure(() => new http.Buffer(bytes("GET / HTTP/1.1\r\nX: ".padEnd(70000, "x"))).parseRequest()));

const made = new http.WasiRequest();
print(JSON.stringify(text(made.encode())));
made.method = "put";
made.uri = "/there";
made.version = "HTTP/1.1";
made.headers = { Accept: "*/*", "X-N": 1 };
made.setHeader("Host", "here");
made.body = "ü";
print(JSON.stringify(text(made.encode())));
made.setHeader("X", "a\r\nY: b");
print(failure(() => made.encode()));

// Responses: with a length, in chunks.
const answer = new http.WasiResponse();
answer.status = 404;
answer.headers = { "Content-Type": "text/plain" };
print(answer.statusText, JSON.stringify(text(answer.encode("gone"))), answer.bodyLength, JSON.stringify(text(answer.encode())));
const received = new http.Buffer(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n, w\r\n4\r\norld"));
const { status, bodyLength, statusText } = received.parseResponse();
print(status, statusText, bodyLength, text(received.parseChunk()), text(received.parseChunk()), received.parseChunk());
received.append(bytes("\r\n0\r\n\r\n"));
print(text(received.parseChunk()), received.parseChunk(), received.length);
print(failure(() => new http.Buffer(bytes("zz\r\n")).parseChunk()), failure(() => new http.Buffer(bytes("HTTP/1.1 2 x\r\n\r\n")).parseResponse()));
print(new http.Buffer(bytes("HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nhal")).parseResponse());

const url = new http.URL("https://u:p@example.org/path?q=1");
print(url.scheme, url.username, url.password, url.host, url.port, url.path, url.query, new http.URL("http://a:81").port, `${url}`);

// A server of its own, asked by node:http.
const free = createServer().listen(0);
const { port } = free.address();
free.close();
await once(free, "close");
const server = new net.WasiTcpServer(port);
const heard = Promise.withResolvers();
let body;
const client = ask({ port, path: "/page", method: "POST" }, (response) => {
  response.setEncoding("utf8");
  response.once("data", () => heard.resolve());
  response.on("data", (chunk) => print("chunk", chunk));
  response.on("end", () => {
    print("end", response.statusCode, response.headers["x-from"]);
    print(failure(() => body.write("more")));
    exit(0);
  });
});
client.end("question");
const connection = await server.accept();
const buffer = new http.Buffer();
let question;
while (question === undefined) {
  buffer.append(await connection.read());
  question = buffer.parseRequest();
}
print(question.method, question.uri, text(question.body));
const page = new http.WasiResponse();
page.headers = { "X-From": "wasi_http", Connection: "close" };
body = page.chunk(connection);
body.write("first");
await heard.promise;
body.end("last");
