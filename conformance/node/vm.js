// Scripts in the program's own context.
import vm from "node:vm";

console.log(vm.runInThisContext("1 + 1"), vm.runInThisContext("typeof require + typeof globalThis"));
const script = new vm.Script("globalThis.count = (globalThis.count ?? 0) + 1");
console.log(script.runInThisContext(), script.runInThisContext(), globalThis.count);
console.log(vm.compileFunction("return a + b", ["a", "b"])(1, 2), vm.compileFunction("return x + y", ["y"], { contextExtensions: [{ x: 40 }] })(2));
console.log(vm.isContext({}));
for (const wrong of [() => new vm.Script("var 1"), () => vm.isContext(1), () => vm.compileFunction(1)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code);
  }
}

const context = vm.createContext({ count: 1, console });
console.log(vm.isContext(context), vm.runInContext("count += 1; var own = count * 2; function twice(n) { return n * 2; } twice(own)", context));
console.log(context.count, context.own, context.twice(4), typeof own, typeof globalThis.twice);
console.log(vm.runInContext("typeof process + typeof undeclared + typeof Array + (this === globalThis)", context));
console.log(vm.runInContext("made = [1]; globalThis.set = 2; twice(set)", context), context.made, context.set);
console.log(vm.runInNewContext("({ a: [x] })", { x: 1 }), new vm.Script("x + 1").runInNewContext({ x: 41 }));
console.log(new vm.Script("n = n + 1").runInContext(vm.createContext({ n: 1 })), typeof n);
for (const wrong of [
  () => vm.runInContext("missing", context), () => vm.runInContext("1", {}), () => vm.runInContext("throw new RangeError('r')", context),
  () => vm.createContext(1), () => vm.runInNewContext("var 1"),
]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code, error.name === "ReferenceError" ? error.message : "");
  }
}
