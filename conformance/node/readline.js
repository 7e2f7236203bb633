// Lines of streams, questions, and sequences for terminals.
import readline from "node:readline";
import promises from "node:readline/promises";
import { PassThrough, Readable, Writable } from "node:stream";
import { once } from "node:events";

const lines = [];
for await (const line of readline.createInterface({ input: Readable.from(["a\nb", "c\r\n", "\n", "d\rlast"]) })) lines.push(line);
console.log(lines);
const split = Buffer.from("ü€\n");
const wide = readline.createInterface({ input: Readable.from([split.subarray(0, 1), split.subarray(1, 3), split.subarray(3)]) });
console.log((await once(wide, "line"))[0]);

let written = "";
const output = new Writable({ write: (chunk, _encoding, done) => ((written += chunk), done()) });
const input = new PassThrough();
const asking = readline.createInterface({ input, output, prompt: "? " });
asking.question("name: ", (name) => {
  console.log("got", name);
  asking.setPrompt("next> ");
  asking.prompt();
  asking.on("line", (line) => console.log("line", line));
  asking.on("close", () => console.log("closed", JSON.stringify(written)));
  input.end("more\nrest");
});
input.write("Ada\n");
await once(asking, "close");
try {
  asking.question("too late", () => {});
} catch (error) {
  console.log(error.code, error.message);
}

const promised = promises.createInterface({ input: Readable.from(["one\n"]) });
console.log(await promised.question("first? "));
const waiting = promises.createInterface({ input: new PassThrough() });
const aborting = new AbortController();
const question = waiting.question("never? ", { signal: aborting.signal });
aborting.abort();
console.log(await question.catch((error) => [error.name, error.code]));
waiting.close();

written = "";
readline.cursorTo(output, 3, 4);
readline.cursorTo(output, 3);
readline.moveCursor(output, -2, 1);
readline.clearLine(output, -1);
readline.clearLine(output, 0);
readline.clearScreenDown(output);
await new promises.Readline(output).cursorTo(1).clearLine(1).moveCursor(1, -1).commit();
console.log(JSON.stringify(written));
