// wasi_net of wasmedge-quickjs: TCP with promises, on node:net.
import { connect as openConnection, createServer } from "node:net";

const elapsed = () => new Error("deadline has elapsed");

/** Queues a promise's ends; with milliseconds, it fails when they have passed. */
function waitIn(waiting, milliseconds) {
  return new Promise((resolve, reject) => {
    const ends = { resolve, reject };
    waiting.push(ends);
    if (milliseconds === undefined) return;
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(ends), 1);
      reject(elapsed());
    }, milliseconds);
    ends.resolve = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    ends.reject = (error) => {
      clearTimeout(timer);
      reject(error);
    };
  });
}

export class WasiTcpConn {
  #socket;
  #chunks = [];
  #waiting = [];
  #over = false;
  #failure;

  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#tell(chunk));
    socket.on("end", () => this.#end());
    socket.on("error", (error) => {
      this.#failure = error;
      this.#end();
    });
    socket.on("close", () => this.#end());
  }

  static connect(host, port, milliseconds) {
    return new Promise((resolve, reject) => {
      const socket = openConnection(port, host);
      const timer = milliseconds === undefined ? undefined : setTimeout(() => socket.destroy(elapsed()), milliseconds);
      const fail = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      socket.once("error", fail);
      socket.once("connect", () => {
        clearTimeout(timer);
        socket.removeListener("error", fail);
        resolve(new WasiTcpConn(socket));
      });
    });
  }

  #tell(chunk) {
    const bytes = chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength);
    if (this.#waiting.length > 0) {
      this.#waiting.shift().resolve(bytes);
      return;
    }
    this.#chunks.push(bytes);
    this.#socket.pause();
  }

  #end() {
    this.#over = true;
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (this.#failure === undefined) resolve(undefined);
      else reject(this.#failure);
    }
  }

  /** An ArrayBuffer, or undefined at the end. */
  read(milliseconds) {
    if (this.#chunks.length > 0) {
      const chunk = this.#chunks.shift();
      if (this.#chunks.length === 0) this.#socket.resume();
      return Promise.resolve(chunk);
    }
    if (this.#over) return this.#failure === undefined ? Promise.resolve(undefined) : Promise.reject(this.#failure);
    return waitIn(this.#waiting, milliseconds);
  }

  /** data is a string or bytes. */
  write(data) {
    this.#socket.write(typeof data === "string" ? data : new Uint8Array(data));
  }

  close() {
    this.#socket.end();
  }

  end(data) {
    if (data !== undefined) this.write(data);
    this.close();
  }

  local() {
    return `${this.#socket.localAddress}:${this.#socket.localPort}`;
  }

  peer() {
    return `${this.#socket.remoteAddress}:${this.#socket.remotePort}`;
  }
}

export class WasiTcpServer {
  #accepted = [];
  #waiting = [];
  #failure;

  constructor(port) {
    const server = createServer((socket) => {
      const connection = new WasiTcpConn(socket);
      if (this.#waiting.length > 0) this.#waiting.shift().resolve(connection);
      else this.#accepted.push(connection);
    });
    server.on("error", (error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    server.listen(port);
  }

  accept(milliseconds) {
    if (this.#accepted.length > 0) return Promise.resolve(this.#accepted.shift());
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return waitIn(this.#waiting, milliseconds);
  }
}

export default { WasiTcpConn, WasiTcpServer };
