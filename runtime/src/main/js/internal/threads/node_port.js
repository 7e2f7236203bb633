// What Node's MessagePorts have beside the Web's: the methods of an EventEmitter, whose listeners of messages get the
// data - https://nodejs.org/api/worker_threads.html#class-messageport
import { validateFunction } from "internal:validators";

/** port → event name → [listener, what was added to the port][] */
const added = new WeakMap();
const OF_DATA = new Set(["message", "messageerror"]);

function listenersOf(port, type) {
  let byType = added.get(port);
  if (byType === undefined) added.set(port, (byType = new Map()));
  let list = byType.get(type);
  if (list === undefined) byType.set(type, (list = []));
  return list;
}

function add(port, type, listener, once) {
  validateFunction(listener, "listener");
  const wrapper = (event) => {
    if (once) port.off(type, listener);
    listener.call(port, OF_DATA.has(type) ? event.data : event);
  };
  listenersOf(port, type).push([listener, wrapper]);
  port.addEventListener(type, wrapper);
  if (type === "message") {
    port.ref();
    port.start();
  }
  return port;
}

const methods = {
  on(type, listener) {
    return add(this, `${type}`, listener, false);
  },
  once(type, listener) {
    return add(this, `${type}`, listener, true);
  },
  off(type, listener) {
    const list = listenersOf(this, `${type}`);
    const at = list.findLastIndex(([known]) => known === listener);
    if (at >= 0) this.removeEventListener(`${type}`, list.splice(at, 1)[0][1]);
    if (type === "message" && list.length === 0) this.unref();
    return this;
  },
  removeAllListeners(type) {
    const types = type === undefined ? [...(added.get(this)?.keys() ?? [])] : [`${type}`];
    for (const each of types) for (const [listener] of [...listenersOf(this, each)]) this.off(each, listener);
    return this;
  },
  emit(type, ...args) {
    const list = [...listenersOf(this, `${type}`)];
    for (const [listener] of list) listener.apply(this, args);
    return list.length > 0;
  },
  listenerCount(type) {
    return listenersOf(this, `${type}`).length;
  },
  eventNames() {
    return [...(added.get(this) ?? [])].filter(([, list]) => list.length > 0).map(([type]) => type);
  },
};

export function addNodeMethods(prototype) {
  for (const [name, value] of Object.entries({ ...methods, addListener: methods.on, removeListener: methods.off })) {
    Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
