// What a first program for wasmedge-quickjs looks like: QuickJS's own modules beside Node's.
import * as os from "os";
import * as std from "std";
import process from "process";

print("Hello,", args[1] ?? "stranger");
print("arguments:", JSON.stringify(args.slice(1)));
print("the same from Node:", JSON.stringify(process.argv.slice(2)));
print("GREETING is", env.GREETING ?? "not set", "and", std.getenv("GREETING") ?? "not set");
print("cwd is a", typeof process.cwd(), "and os.getcwd gives", typeof os.getcwd()[0]);

std.out.puts("written by std.out, ");
std.out.puts("no line break added\n");

let [text, error] = [std.loadFile("no-such-file.txt"), null];
print("a file that isn't there:", text);

os.setTimeout(() => print("os.setTimeout, third"), 20);
setTimeout(() => print("setTimeout, second"), 10);
nextTick(() => print("nextTick, first"));
setTimeout(() => {
  print("bye");
  exit(Number(args[2] ?? 0));
}, 30);
