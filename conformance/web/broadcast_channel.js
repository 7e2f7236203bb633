// BroadcastChannels of one name hear what one of them sends, but that one, each message a copy in a task of its own.
const log = (...values) => console.log(values.join(" "));
const shown = (value) => {
  if (typeof value !== "object" || value === null) return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
  return `${Object.prototype.toString.call(value).slice(8, -1)}`;
};
const [a, b, c, other] = ["x", "x", "x", "y"].map((name) => new BroadcastChannel(name));
const next = (channel) => new Promise((resolve) => channel.addEventListener("message", resolve, { once: true }));

a.onmessage = () => log("never: its own");
other.onmessage = () => log("never: of another name");
b.onmessage = ({ data, type, origin, ports }) => log("b", type, data, JSON.stringify(origin), ports.length);
let heard = next(c);
a.postMessage("hello");
log("posted", a.name, String(a));
log("c", (await heard).data);
b.onmessage = null;
a.onmessage = null;

async function sent(value) {
  heard = next(b);
  a.postMessage(value);
  return (await heard).data;
}
for (const value of [undefined, null, true, false, 0, -0, 1, -1, 2147483647, -2147483648, 4294967296, 0.1, NaN, Infinity]) {
  log(shown(await sent(value)));
}
for (const value of [0n, 1n, -1n, 2n ** 64n, -(2n ** 100n) + 1n, "", "latin é", "wide 漢字 😀", "\ud800", "x".repeat(100_000)]) {
  const copy = await sent(value);
  log(typeof copy, copy === value);
}
const cycle = { list: [1, , "two", [3]], deep: { __proto__: null } };
cycle.self = cycle;
cycle.list.named = cycle.list;
cycle.list.length = 7;
const copied = await sent(cycle);
log(copied !== cycle, copied.self === copied, copied.list.named === copied.list, copied.list.length, 1 in copied.list, JSON.stringify(copied.list));
log(Object.getPrototypeOf(copied.deep) === Object.prototype);
const keys = await sent({ b: 1, 2: "two", 1: "one", 4294967294: "last index", "-1": "no index", ["__proto__"]: 3 });
log(Object.keys(keys).join(), Object.getPrototypeOf(keys) === Object.prototype);

const date = await sent(new Date(86_400_000));
log(date instanceof Date, date.toISOString(), String((await sent(new Date(NaN))).getTime()));
log(String(await sent(/a\/b/dgimsuy)), (await sent(/[a--b]/v)).flags);
for (const boxed of [true, false, 5, "text", 7n]) {
  const copy = await sent(Object(boxed));
  log(shown(copy), typeof copy, copy.valueOf() === boxed);
}
const map = await sent(new Map([[{ key: 1 }, new Set(["a", 2])], ["second", new Map()]]));
log([...map].map(([key, value]) => `${JSON.stringify(key)}=${shown(value)}:${value.size}`).join(" "));

const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const views = await sent({ bytes, part: bytes.subarray(2, 5), words: new Uint16Array(bytes.buffer, 2, 2), view: new DataView(bytes.buffer, 1), buffer: bytes.buffer });
log(String(views.bytes), String(views.part), String(views.words), views.view.getUint8(0), views.view.byteLength);
log(new Set(Object.values(views).map((value) => value.buffer ?? value)).size, views.buffer.byteLength);
for (const type of [Int8Array, Uint8ClampedArray, Int16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
  const copy = await sent(type.of(...(/^Big/.test(type.name) ? [1n, 2n] : [1, 2])));
  log(copy.constructor.name, String(copy));
}
const growing = await sent(new ArrayBuffer(2, { maxByteLength: 10 }));
log(growing.byteLength, growing.resizable, growing.maxByteLength);

const failure = await sent(new RangeError("too far", { cause: { why: "far" } }));
log(failure instanceof RangeError, failure.message, failure.cause.why, typeof failure.stack);
const plain = await sent(Object.assign(new Error("plain"), { name: "Mine", extra: 1 }));
log(plain.constructor === Error, plain.message, plain.extra);

for (const refused of [() => {}, Symbol("s"), { inner: () => {} }, new WeakMap(), Promise.resolve()]) {
  try {
    a.postMessage(refused);
    log("sent");
  } catch (error) {
    log(error.name, error instanceof DOMException);
  }
}
const order = [];
const third = new Promise((resolve) => {
  b.onmessage = ({ data }) => (order.push(data), data === 3 && resolve());
});
for (const number of [1, 2, 3]) a.postMessage(number);
await third;
log("in order", order);

b.onmessage = () => log("never: closed before it came");
a.postMessage("late");
b.close();
b.close();
await new Promise((resolve) => setTimeout(resolve, 1));
a.close();
try {
  a.postMessage("closed");
} catch (error) {
  log(error.name);
}
try {
  new BroadcastChannel();
} catch (error) {
  log(error.name);
}
c.close();
// An open one would keep the program running.
log(other.unref() === other);
