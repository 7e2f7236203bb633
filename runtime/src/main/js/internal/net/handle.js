// A connection as Java keeps it. What becomes of an operation is told in a turn of its own.
import * as host from "host:net";
import { onCompletion } from "internal:completions";
import { capture } from "internal:async_context";
import { familyOf, shortAddress } from "internal:net/addresses";

export class TcpHandle {
  #id;
  #closed = false;

  /** description is the JSON that host:net gives. */
  constructor(description) {
    const { id, localAddress, localPort, remoteAddress, remotePort } = JSON.parse(description);
    this.#id = id;
    this.local = endpoint(localAddress, localPort);
    this.remote = endpoint(remoteAddress, remotePort);
  }

  get id() {
    return this.#id;
  }

  /** done(error, bytes), bytes null at the end. */
  read(done) {
    this.#start(host.read, done);
  }

  write(bytes, done) {
    this.#start((id) => host.write(id, bytes), done);
  }

  end(done) {
    this.#start(host.end, done);
  }

  /** An operation that is under way when the handle is closed is not heard of again. */
  #start(begin, done) {
    const told = capture(done);
    let completion;
    try {
      completion = begin(this.#id);
    } catch (error) {
      queueMicrotask(() => told(error));
      return;
    }
    onCompletion(
      completion,
      (value) => {
        if (!this.#closed) told(null, value);
      },
      (error) => {
        if (!this.#closed) told(error);
      },
    );
  }

  reference(keepsAlive) {
    host.reference(this.#id, keepsAlive);
  }

  setNoDelay(on) {
    host.noDelay(this.#id, on);
  }

  setKeepAlive(on) {
    host.keepAlive(this.#id, on);
  }

  close() {
    this.#closed = true;
    host.close(this.#id);
  }

  reset() {
    this.#closed = true;
    host.reset(this.#id);
  }
}

function endpoint(address, port) {
  const shown = shortAddress(address);
  return { address: shown, family: familyOf(shown), port };
}

/** done(error, handle) */
export function connect(hostname, port, family, done) {
  const told = capture(done);
  onCompletion(host.connect(hostname, port, family), (description) => told(null, new TcpHandle(description)), told);
}
