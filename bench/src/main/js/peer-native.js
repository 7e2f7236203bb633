// A peer of the benchmark: native quickjs-ng. Usage: qjs --std peer-native.js PAGE
// os.now() counts microseconds.
std.loadScript(scriptArgs[1]);
function cpuNanoseconds() {
  return Number(std.loadFile("/proc/thread-self/schedstat").split(" ")[0]);
}

print("ready quickjs-ng, native");
for (let line = std.in.getline(); line !== null; line = std.in.getline()) {
  const [seed, count] = line.split(" ");
  let first;
  const cpu = cpuNanoseconds();
  const start = os.now();
  for (let i = 0; i < Number(count); i++) {
    const html = render(`${seed}-${i}`);
    first ??= html;
  }
  const nanoseconds = Math.round((os.now() - start) * 1000);
  print(`${nanoseconds} ${cpuNanoseconds() - cpu} ${JSON.stringify(first)}`);
  std.out.flush();
}
