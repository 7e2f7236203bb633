// The old name of PassThrough in node:stream; require() gives the class.
import { PassThrough } from "node:stream";

export default PassThrough;
