import * as std from "std";
import * as os from "qjs:os";
import bareOs, { getcwd, hostname } from "os";

std.printf("%05d|%-5s|%5.2f|%x|%c|%%|%+d|%e|%g|%08.3f|%#x|%3s\n", 42, "ab", 3.14159, 255, 65, 7, 12345.678, 0.0001, -3.14159, 255, "x");
print(std.sprintf("%s %d %i %u %o %G", "text", -1, 2.9, 3, 8, 1e10), typeof bareOs.hostname, typeof hostname, getcwd === os.getcwd);
std.out.puts("puts ", "several\n");
std.out.printf("%s\n", "printf on a file");

const folder = __dirname;
const path = `${folder}/fixtures/lines.txt`;
print(std.loadFile(path).length, std.loadFile(`${folder}/missing`));
const file = std.open(path, "r");
print(file.getline(), file.tell(), file.getByte(), file.readAsString(3), file.seek(0, std.SEEK_SET), file.getline());
print(JSON.stringify(file.readAsString()), file.eof(), file.getline(), file.seek(-4, std.SEEK_END), JSON.stringify(file.readAsString()));
print(file.close());
try {
  file.getline();
} catch (error) {
  print(error.name, error.message);
}
const failure = {};
print(std.open(`${folder}/missing`, "r", failure), failure.errno === std.Error.ENOENT, std.strerror(failure.errno));

const written = `${folder}/fixtures/written.txt`;
const out = std.open(written, "w");
out.puts("one\ntwo\n");
out.printf("%d\n", 3);
out.putByte(52);
out.close();
print(JSON.stringify(std.loadFile(written)), os.stat(written)[0].size, (os.stat(written)[0].mode & os.S_IFMT) === os.S_IFREG);
print(os.rename(written, `${written}.2`), os.remove(`${written}.2`), os.remove(`${written}.2`) < 0);
const [names, errno] = os.readdir(`${folder}/fixtures`);
print(names.includes(".."), names.filter((name) => !name.startsWith(".")).join(), errno);
print(os.readdir(`${folder}/missing`)[1] === std.Error.ENOENT, os.mkdir(folder) < 0, typeof os.now(), os.platform);

std.setenv("SET_HERE", "value");
print(std.getenv("SET_HERE"), std.getenviron().SET_HERE, env.SET_HERE, std.getenv("GREETING"));
std.unsetenv("SET_HERE");
print(std.getenv("SET_HERE"));
print(JSON.stringify(std.parseExtJSON("{ a: 1, /* c */ 'b': [0x10, 2,], // d\n \"c\": 'it\\'s' }")), std.evalScript("1 + 1"));
print(typeof args[0], args === undefined, typeof scriptArgs, typeof exit, typeof nextTick, std.gc());
for (const act of [() => os.exec(["ls"]), () => std.popen("ls", "r"), () => new os.Worker("x.js")]) {
  try {
    act();
  } catch (error) {
    print(error.message);
  }
}
const timer = os.setTimeout(() => print("never"), 1);
os.clearTimeout(timer);
await os.sleepAsync(2);
os.setTimeout(() => {
  print("last");
  std.exit(0);
}, 1);
