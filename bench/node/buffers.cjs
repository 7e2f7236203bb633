// Work on Buffers of 1 MB, in megabytes a second: each operation for half a second after a first call.
const SIZE = 2 ** 20;
const milliseconds = Number(process.argv[2] ?? 500);
const source = Buffer.alloc(SIZE);
for (let i = 0; i < SIZE; i++) source[i] = 32 + ((i * 7919) % 95);
const target = Buffer.alloc(SIZE);
const text = source.toString("latin1");
const hex = source.toString("hex");

const operations = {
  copy: () => source.copy(target),
  fill: () => target.fill("abc"),
  concat: () => Buffer.concat([source.subarray(0, SIZE / 2), source.subarray(SIZE / 2)]),
  compare: () => source.equals(Buffer.from(source.buffer, source.byteOffset, SIZE)),
  search: () => source.indexOf("nowhere to be found"),
  from_utf8: () => Buffer.from(text),
  to_utf8: () => source.toString(),
  from_hex: () => Buffer.from(hex, "hex"),
  to_base64: () => source.toString("base64"),
};
for (const [name, operate] of Object.entries(operations)) {
  operate();
  const from = performance.now();
  let rounds = 0;
  do {
    operate();
    rounds++;
  } while (performance.now() - from < milliseconds);
  console.log(`buffer_${name} ${((rounds * SIZE) / 2 ** 20 / ((performance.now() - from) / 1000)).toFixed(1)}`);
}
