// node:console - https://nodejs.org/api/console.html
import { Refusal } from "internal:refused";
import { Console } from "internal:console_class";

const { console } = globalThis;
console.Console = Console;
Object.defineProperty(console, "Console", { enumerable: true });
const refused = new Refusal("console", "there is no inspector");
for (const name of ["context", "createTask"]) console[name] ??= refused.of(name);

export const {
  assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, profile,
  profileEnd, table, time, timeEnd, timeLog, timeStamp, trace, warn,
} = console;
export { Console };
export default console;
