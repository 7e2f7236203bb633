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
