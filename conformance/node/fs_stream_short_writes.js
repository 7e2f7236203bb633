// A file that takes less than it is given: nothing is lost, and all of it lands where it belongs (Node 26 misplaces
// what it has to write again).
import { createWriteStream } from "node:fs";

/** An fs over one buffer whose calls take a few bytes each, and nothing at all every other time. */
function hesitant(most) {
  const file = Buffer.alloc(40, ".");
  let calls = 0;
  let end = 0;
  const take = (bytes, position, done) => {
    if (calls++ % 2 === 1) {
      done(Object.assign(new Error("busy"), { code: "EAGAIN" }), 0);
      return;
    }
    const at = position ?? end;
    const count = Math.min(most, bytes.length);
    bytes.copy(file, at, 0, count);
    end = at + count;
    done(null, count);
  };
  return {
    file,
    fs: {
      open: (_path, _flags, _mode, done) => done(null, 7),
      close: (_fd, done) => done(null),
      write: (_fd, buffer, offset, length, position, done) =>
        setImmediate(take, buffer.subarray(offset, offset + length), position, (error, count) => done(error, count, buffer)),
      writev: (_fd, buffers, position, done) =>
        setImmediate(take, Buffer.concat(buffers), position, (error, count) => done(error, count, buffers)),
    },
  };
}

function written(name, options, pieces) {
  const { file, fs } = hesitant(3);
  return new Promise((resolve) => {
    const stream = createWriteStream("any", { ...options, fs });
    stream.on("close", () => {
      console.log(name, file.toString(), stream.bytesWritten);
      resolve();
    });
    stream.cork();
    for (const piece of pieces) stream.write(piece);
    stream.uncork();
    stream.end();
  });
}

await written("one", {}, ["abcdefgh"]);
await written("one at a place", { start: 5 }, ["abcdefgh"]);
await written("many", {}, ["abcde", "fghij"]);
await written("many at a place", { start: 5 }, ["abcde", "fghij", "klm"]);

const stuck = createWriteStream("any", {
  fs: {
    open: (_path, _flags, _mode, done) => done(null, 7),
    close: (_fd, done) => done(null),
    write: (_fd, _buffer, _offset, _length, _position, done) => setImmediate(done, null, 0),
  },
});
stuck.on("error", (error) => console.log("stuck", error.code));
stuck.write("abc");
