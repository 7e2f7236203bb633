// The old name of Transform in node:stream; require() gives the class.
import { Transform } from "node:stream";

export default Transform;
