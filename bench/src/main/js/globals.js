// The few globals that React's server needs and a bare engine lacks.
const missing = {
  self: globalThis,
  console: { log() {}, error() {}, warn() {}, info() {} },
  queueMicrotask: (task) => void Promise.resolve().then(task),
  setTimeout: (task) => (Promise.resolve().then(task), 1),
  clearTimeout() {},
  performance: { now: () => Date.now() },
  TextEncoder: class {
    encode(text) {
      return Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0));
    }
  },
  AbortController: class {
    signal = { aborted: false, addEventListener() {} };
    abort() {}
  },
  MessageChannel: class {
    port1 = { onmessage: null };
    port2 = { postMessage: () => void Promise.resolve().then(() => this.port1.onmessage?.({})) };
  },
};

for (const [name, value] of Object.entries(missing)) {
  globalThis[name] ??= value;
}
