// A stream of the program's own as a connection that Java can work on: bytes go to and fro through a pair of ends.
import * as host from "host:net";
import { TcpHandle } from "internal:net/handle";
import { Socket } from "internal:net/socket";

/** The handle of a connection whose other end reads from the stream and writes to it, until either is closed. */
export function handleOver(stream) {
  const [near, far] = JSON.parse(host.pair());
  const carrier = new Socket({ handle: new TcpHandle(far), allowHalfOpen: true });
  stream.pipe(carrier).pipe(stream);
  stream.once("close", () => carrier.destroy());
  stream.on("error", () => carrier.destroy());
  carrier.on("error", () => stream.destroy());
  carrier.once("close", () => (stream.destroySoon ? stream.destroySoon() : stream.end()));
  return withEndsOf(stream, new TcpHandle(near));
}

/** Whoever asks where the connection leads is told where the stream does. */
function withEndsOf(stream, handle) {
  const { localAddress, localFamily, localPort, remoteAddress, remoteFamily, remotePort } = stream;
  handle.local = { address: localAddress, family: localFamily, port: localPort };
  handle.remote = { address: remoteAddress, family: remoteFamily, port: remotePort };
  return handle;
}
