// Streams that go to a worker and come back: chunks, ends and errors cross, and who reads sets the pace.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const inside = () => {
  const { parentPort } = require("worker_threads");
  parentPort.once("message", async ({ questions, answers }) => {
    const writer = answers.getWriter();
    for await (const { text } of questions) await writer.write(text.toUpperCase());
    await writer.close();
    let pulls = 0;
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(++pulls), cancel: (reason) => parentPort.postMessage({ reason, few: pulls < 10 }) });
    const fails = new ReadableStream({ pull: () => Promise.reject(new TypeError("inside")) });
    const reverse = new TransformStream({ transform: (chunk, controller) => controller.enqueue([...chunk].reverse().join("")) });
    parentPort.postMessage({ endless, fails, reverse }, [endless, fails, reverse]);
  });
};

const worker = new Worker(`(${inside})()`, { eval: true });
const exited = new Promise((resolve) => worker.once("exit", resolve));
const questions = ReadableStream.from([{ text: "one" }, { text: "two" }]);
const heard = [];
const whenHeard = Promise.withResolvers();
const answers = new WritableStream({ write: (chunk) => void heard.push(chunk), close: whenHeard.resolve });
worker.postMessage({ questions, answers }, [questions, answers]);
await whenHeard.promise;
console.log(heard, questions.locked, answers.locked);

const [{ endless, fails, reverse }] = await once(worker, "message");
const reader = endless.getReader();
console.log((await reader.read()).value, (await reader.read()).value);
const told = once(worker, "message");
await reader.cancel("enough");
console.log((await told)[0]);
try {
  await fails.getReader().read();
} catch ({ name, message }) {
  console.log(name, message);
}
for await (const chunk of ReadableStream.from(["abc", "de"]).pipeThrough(reverse)) console.log(chunk);

// What is read when its worker has ended fails, instead of waiting for ever.
const gone = new Worker(`
  const stream = new ReadableStream({ pull() { process.exit(3); } });
  require("worker_threads").parentPort.postMessage(stream, [stream]);
  setTimeout(() => {}, 1e6);
`, { eval: true });
const [stream] = await once(gone, "message");
console.log(await stream.getReader().read().catch(({ name }) => name));
console.log("exit", await exited);
