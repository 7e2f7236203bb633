// MessagePorts deliver in order, each message in a task of its own, and hand over transferred objects.
const log = (...values) => console.log(values.join(" "));
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data, ports }) => {
  log("message", JSON.stringify(data), ports.length);
  Promise.resolve().then(() => log("microtask after", JSON.stringify(data)));
  if (data === "close") port1.close();
};
port2.postMessage({ a: [1] });
port2.postMessage("two");
const buffer = new ArrayBuffer(3);
port2.postMessage({ size: 3 }, [buffer]);
log("posted", buffer.byteLength);
const inner = new MessageChannel();
port2.postMessage("port", [inner.port1]);
inner.port2.onmessage = ({ data }) => log("never", data);
port2.postMessage("close");
try {
  port2.postMessage(() => {});
} catch (error) {
  log(error.name);
}
inner.port2.close();
