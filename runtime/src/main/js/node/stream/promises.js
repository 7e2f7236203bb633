// node:stream/promises - https://nodejs.org/api/stream.html#streams-promises-api
import { promises } from "node:stream";

export const { pipeline, finished } = promises;
export default promises;
