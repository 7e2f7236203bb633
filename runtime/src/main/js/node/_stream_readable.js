// The old name of Readable in node:stream; require() gives the class.
import { Readable } from "node:stream";

export default Readable;
