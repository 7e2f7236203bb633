// A peer of the benchmark: native quickjs-ng. Usage: qjs --std peer-native.js PAGE
std.loadScript(scriptArgs[1]);
print("ready quickjs-ng, native");
for (let line = std.in.getline(); line !== null; line = std.in.getline()) {
  const [seed, count] = line.split(" ");
  let first;
  const start = os.now();
  for (let i = 0; i < Number(count); i++) {
    const html = render(`${seed}-${i}`);
    first ??= html;
  }
  // Microseconds in, nanoseconds out.
  print(`${Math.round((os.now() - start) * 1000)} ${JSON.stringify(first)}`);
  std.out.flush();
}
