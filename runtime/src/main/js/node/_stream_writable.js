// The old name of Writable in node:stream; require() gives the class.
import { Writable } from "node:stream";

export default Writable;
