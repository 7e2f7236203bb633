// A file as a stream, with the listeners that programs put on it.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("fixtures/static/long.txt", import.meta.url));
const parts = [];
fs.createReadStream(file, { highWaterMark: 1000 })
  .on("open", (fd) => console.log("open", typeof fd))
  .on("ready", () => console.log("ready"))
  .on("data", (part) => parts.push(part))
  .on("end", () => console.log("end", parts.length > 10, Buffer.concat(parts).equals(fs.readFileSync(file))))
  .on("close", () => {
    fs.createReadStream(file, { encoding: "utf8", start: 5, end: 15 })
      .on("data", (text) => console.log(JSON.stringify(text)))
      .on("close", () => {
        fs.createReadStream(`${file}.missing`).on("error", ({ code, syscall }) => console.log(code, syscall));
      });
  });
