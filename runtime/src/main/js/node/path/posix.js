// node:path/posix
import { posix } from "node:path";

export * from "node:path";
export default posix;
