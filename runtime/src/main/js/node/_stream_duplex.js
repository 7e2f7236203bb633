// The old name of Duplex in node:stream; require() gives the class.
import { Duplex } from "node:stream";

export default Duplex;
