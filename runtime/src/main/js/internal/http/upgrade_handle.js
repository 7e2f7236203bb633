// The connection of a request that asked for another protocol, as a net.Socket knows connections. What the program
// writes begins with the head of its answer: with 101 the connection is its own from there on, and with any other
// status what follows is the body.
import * as host from "host:net";
import { Buffer } from "internal:buffer/class";
import { onCompletion } from "internal:completions";
import { familyOf, shortAddress } from "internal:net/addresses";
import { TcpHandle } from "internal:net/handle";
import { nodeError } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { capture } from "internal:async_context";

const LONGEST_HEAD = 65536;
const HEAD_END = "\r\n\r\n";

export class UpgradeHandle {
  #exchange;
  #head = "";
  #state = "head";
  #tcp = null;
  #read = null;
  #settings = [];

  constructor(exchange) {
    this.#exchange = exchange;
    const { localAddress, localPort, remoteAddress, remotePort } = exchange.connection;
    this.local = endpoint(localAddress, localPort);
    this.remote = endpoint(remoteAddress, remotePort);
  }

  read(done) {
    if (this.#tcp !== null) this.#tcp.read(done);
    else this.#read = capture(done);
  }

  write(bytes, done) {
    if (this.#tcp !== null) {
      this.#tcp.write(bytes, done);
    } else if (this.#state === "body") {
      this.#exchange.write(bytes);
      nextTick(done, null);
    } else {
      this.#writeHead(bytes, capture(done));
    }
  }

  #writeHead(bytes, done) {
    this.#head += bytes.toString("latin1");
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) {
      const error = this.#head.length > LONGEST_HEAD ? nodeError("ERR_INVALID_STATE", "Invalid state: the head of an answer is too long") : null;
      nextTick(done, error);
      return;
    }
    const rest = Buffer.from(this.#head.slice(end + HEAD_END.length), "latin1");
    const [status, reason, headers] = parse(this.#head.slice(0, end));
    if (status === 101) {
      this.#switch(reason, headers, rest, done);
      return;
    }
    this.#state = "body";
    this.#exchange.head(status, reason, headers.join("\n"));
    if (rest.length > 0) this.#exchange.write(rest);
    nextTick(done, null);
  }

  #switch(reason, headers, rest, done) {
    this.#state = "switching";
    let completion;
    try {
      completion = host.upgrade(this.#exchange.id, reason, headers.join("\n"));
    } catch (error) {
      nextTick(done, error);
      return;
    }
    onCompletion(completion, (description) => this.#switched(description, rest, done), done);
  }

  #switched(description, rest, done) {
    this.#tcp = new TcpHandle(description);
    if (this.#state === "closed") {
      this.#tcp.close();
      return;
    }
    for (const [name, value] of this.#settings) this.#tcp[name](value);
    const read = this.#read;
    this.#read = null;
    if (read !== null) this.#tcp.read(read);
    if (rest.length > 0) this.#tcp.write(rest, done);
    else done(null);
  }

  end(done) {
    if (this.#tcp !== null) {
      this.#tcp.end(done);
      return;
    }
    if (this.#state === "body") this.#exchange.end();
    else this.#exchange.abort("The program ended the connection before its answer.");
    nextTick(done, null);
  }

  /** Before the connection is the program's, its client's leaving ends it. */
  clientGone(socket) {
    if (this.#state === "head") socket.destroy();
    else if (this.#state === "body" && this.#read !== null) this.#read(null, null);
  }

  close() {
    if (this.#tcp !== null) this.#tcp.close();
    else if (this.#state === "body") this.#exchange.end();
    else if (this.#state === "head") this.#exchange.abort("The program closed the connection.");
    this.#state = "closed";
  }

  reset() {
    if (this.#tcp !== null) this.#tcp.reset();
    else this.#exchange.abort("The program reset the connection.");
    this.#state = "closed";
  }

  reference(keepsAlive) {
    this.#set("reference", keepsAlive);
  }

  setNoDelay(on) {
    this.#set("setNoDelay", on);
  }

  setKeepAlive(on) {
    this.#set("setKeepAlive", on);
  }

  #set(name, value) {
    if (this.#tcp !== null) this.#tcp[name](value);
    else this.#settings.push([name, value]);
  }
}

function endpoint(address, port) {
  const shown = shortAddress(address);
  return { address: shown, family: familyOf(shown), port };
}

/** [status, reason, flat headers] without those that say how a body is framed: what carries it decides that. */
function parse(head) {
  const [first, ...lines] = head.split("\r\n");
  const match = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first);
  if (match === null) throw nodeError("ERR_INVALID_STATE", "Invalid state: the answer to an upgrade begins with a status line");
  const status = +match[1];
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return [status, match[2] ?? "", status === 101 ? headers : withoutFraming(headers)];
}

function withoutFraming(headers) {
  return headers.filter((_, i) => !/^(?:connection|transfer-encoding)$/i.test(headers[i - (i % 2)]));
}
