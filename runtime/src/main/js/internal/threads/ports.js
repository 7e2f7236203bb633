// MessagePorts whose other end may be in another isolate: messages cross as bytes, ports as numbers.
import { register } from "host:isolate";
import * as host from "host:threads";
import { deserialize, serialize } from "internal:serializer";
import { isTaken } from "internal:stream_transfer";
import { remotePorts } from "../../web/message_channel.js";

/** Those of this isolate, by number. */
const open = new Map();
const LINE_FEED = 10;

/** { bytes, ends } of a message: what is in the transfer list is this isolate's no more. */
export function pack(message, transferList) {
  const { bytes, ports } = serialize(message, transferList);
  return { bytes, ends: ports.map((port) => leave(port)) };
}

function leave(port) {
  const id = remotePorts.leave(port, link);
  open.delete(id);
  return id;
}

/** What a port does when it has become one of these. */
const link = {
  channel: host.channel,
  close(id) {
    open.delete(id);
    host.close(id);
  },
  keep(id, port) {
    open.set(id, port);
  },
  send,
};

export function send(id, message, transferList) {
  const { bytes, ends } = pack(message, transferList);
  host.send(id, bytes, ends.join());
}

export function start(id) {
  host.start(id);
}

export const { hold } = host;
export const { close, keep: moved } = link;

/** A port for an end that came with a message. */
export function adopt(id) {
  const port = remotePorts.make(id);
  open.set(id, port);
  return port;
}

function unpack(bytes, ids) {
  const ports = ids === "" ? [] : ids.split(",").map((id) => adopt(Number(id)));
  const data = deserialize(bytes, ports);
  return { data, ports: ports.filter((port) => !isTaken(port)) };
}

/** What host.take() and host.inherited() give, as { data, ports }. */
export function unpackWithHead(all, skippedPorts = 0) {
  const end = all.indexOf(LINE_FEED);
  const ids = String.fromCharCode(...all.subarray(0, end)).split(",");
  const skipped = ids.splice(0, skippedPorts).map((id) => adopt(Number(id)));
  return { skipped, ...unpack(all.subarray(end + 1), ids.join()) };
}

/** The next message of a port that nobody listens to; undefined without one. */
export function take(port) {
  const id = remotePorts.idOf(port);
  if (id === 0) return remotePorts.take(port);
  const all = host.take(id);
  return all === undefined ? undefined : { message: unpackWithHead(all.slice()).data };
}

register("portMessage", (id, bytes, ids) => {
  const port = open.get(id);
  if (port === undefined) return;
  let message;
  try {
    message = unpack(bytes, ids);
  } catch {
    remotePorts.unreadable(port);
    return;
  }
  remotePorts.receive(port, message);
});

register("portClosed", (id) => {
  const port = open.get(id);
  open.delete(id);
  if (port !== undefined) remotePorts.closed(port);
});
