// What readable-stream needs of process. It asks for stdout only to compare, so none is made for it.
import { nextTick } from "internal:ticks";
import { openedStdio } from "internal:stdio_state";

export { nextTick };
export default {
  nextTick,
  env: {},
  version: "v20.20.2",
  get stdout() {
    return openedStdio.stdout;
  },
  get stderr() {
    return openedStdio.stderr;
  },
};
