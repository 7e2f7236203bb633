// Pipes one file to another, in megabytes a second.
const { createReadStream, createWriteStream, statSync } = require("node:fs");
const { pipeline } = require("node:stream/promises");

const [from, to] = process.argv.slice(2);
const start = performance.now();
pipeline(createReadStream(from), createWriteStream(to)).then(() => {
  const seconds = (performance.now() - start) / 1000;
  const { size } = statSync(to);
  if (size !== statSync(from).size) throw new Error(`${size} bytes arrived.`);
  console.log(`pipe ${(size / 2 ** 20 / seconds).toFixed(1)}`);
});
