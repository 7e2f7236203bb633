// node:readline/promises - https://nodejs.org/api/readline.html#promises-api
import { asked, Interface as CallbackInterface } from "internal:readline/interface";
import { Readline } from "internal:readline/screen";

export class Interface extends CallbackInterface {
  question(query, options) {
    return asked(this, query, options);
  }
}

export function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

export { Readline };
export default { createInterface, Interface, Readline };
