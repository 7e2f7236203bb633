// node:console - https://nodejs.org/api/console.html
import { Console } from "internal:console_class";

const { console } = globalThis;
console.Console = Console;
Object.defineProperty(console, "Console", { enumerable: true });

export const {
  assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, profile,
  profileEnd, table, time, timeEnd, timeLog, timeStamp, trace, warn,
} = console;
export { Console };
export default console;
