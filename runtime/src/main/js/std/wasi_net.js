// wasi_net of wasmedge-quickjs: TCP with promises, on node:net.
import { connect as openConnection, createServer } from "node:net";

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

  static connect(host, port) {
    return new Promise((resolve, reject) => {
      const socket = openConnection(port, host);
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.removeListener("error", reject);
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
  read() {
    if (this.#chunks.length > 0) {
      const chunk = this.#chunks.shift();
      if (this.#chunks.length === 0) this.#socket.resume();
      return Promise.resolve(chunk);
    }
    if (this.#over) return this.#failure === undefined ? Promise.resolve(undefined) : Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
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

  accept() {
    if (this.#accepted.length > 0) return Promise.resolve(this.#accepted.shift());
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
}

export default { WasiTcpConn, WasiTcpServer };
