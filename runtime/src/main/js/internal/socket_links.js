// What a WebSocket is connected to: a peer over the network, or the other half of a pair. A link has start(target),
// send(message), close(code, reason) and unsent; its target gets open(protocol, extensions), message(data),
// closed(code, reason, wasClean) and failed(status, sentence). A message is a string or a Uint8Array.
import { register } from "host:isolate";
import * as host from "host:socket";

const links = new Map();

const GOING_AWAY = 1001;
/** These only tell of a connection: no frame has them. 1005 is a frame without a code. */
const NEVER_SENT = [1004, 1006, 1015];
const MAY_BE_SENT = (code) => code >= 1000 && code <= 4999 && !NEVER_SENT.includes(code);

class Link {
  #target;
  #early = [];

  /** What has come before is told now. */
  start(target) {
    this.#target = target;
    const early = this.#early;
    this.#early = [];
    for (const [event, values] of early) target[event](...values);
  }

  /** Hears of open or failed; what follows waits for start(). */
  handshake({ open, failed }) {
    this.#target = {
      open: (protocol) => {
        this.#target = undefined;
        open(protocol);
      },
      failed,
      closed: () => failed(0, "The connection was closed."),
    };
  }

  tell(event, ...values) {
    if (this.#target === undefined) this.#early.push([event, values]);
    else this.#target[event](...values);
  }
}

/** Over the network. */
class NetworkLink extends Link {
  #id;

  constructor(id) {
    super();
    this.#id = id;
    links.set(id, this);
  }

  get unsent() {
    return host.unsent(this.#id);
  }

  start(target) {
    super.start(target);
    host.start(this.#id);
  }
  send(message) {
    if (typeof message === "string") host.text(this.#id, message);
    else host.bytes(this.#id, message);
  }
  close(code, reason) {
    host.close(this.#id, code, reason);
  }
  end(code, reason) {
    this.close(MAY_BE_SENT(code) ? code : GOING_AWAY, reason);
  }
}

/** url is an http(s) one; headers are flat. */
export function connect(url, protocols, headers = []) {
  return new NetworkLink(host.connect(url, protocols.join(","), headers.join("\n")));
}

/** The connection of a request that isn't answered yet. */
export function accept(exchangeId, protocol, headers) {
  return new NetworkLink(host.accept(exchangeId, protocol, headers.join("\n")));
}

function tell(id, event, ...values) {
  links.get(id)?.tell(event, ...values);
}

function tellLast(id, event, ...values) {
  const link = links.get(id);
  links.delete(id);
  link?.tell(event, ...values);
}

register("socketOpen", (id, protocol, extensions) => tell(id, "open", protocol, extensions));
register("socketText", (id, text) => tell(id, "message", text));
register("socketBytes", (id, bytes) => tell(id, "message", bytes));
register("socketClosed", (id, code, reason, wasClean) => tellLast(id, "closed", code, reason, wasClean));
register("socketFailed", (id, status, sentence) => tellLast(id, "failed", status, sentence));

/** One end of a pair: what it sends, the other end's target gets in a microtask of its own. */
class PairLink extends Link {
  #other;
  #isClosed = false;
  unsent = 0;

  static pair() {
    const [a, b] = [new PairLink(), new PairLink()];
    a.#other = b;
    b.#other = a;
    return [a, b];
  }

  send(message) {
    if (!this.#isClosed) this.#later(this.#other, "message", message);
  }

  close(code, reason) {
    this.end(code, reason, true);
  }

  /** Both ends hear of it. */
  end(code, reason, wasClean) {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#other.#isClosed = true;
    this.#later(this.#other, "closed", code, reason, wasClean);
    this.#later(this, "closed", code, reason, wasClean);
  }

  #later(link, ...event) {
    queueMicrotask(() => link.tell(...event));
  }
}

export const pair = () => PairLink.pair();

/** Once the first is open, what comes from one goes to the other. */
export function join(opening, link) {
  opening.start({ ...passingTo(link), open: () => link.start(passingTo(opening)) });
}

const ABNORMAL = 1006;

function passingTo(link) {
  return {
    message: (data) => link.send(data),
    closed: (code, reason, wasClean) => link.end(code, reason, wasClean),
    failed: () => link.end(ABNORMAL, "", false),
  };
}
