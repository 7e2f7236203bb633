// node:constants, deprecated: the constants of os, fs and crypto in one object.
import { constants as os } from "node:os";
import { constants as fs } from "node:fs";

const constants = { ...os.errno, ...os.priority, ...os.signals, ...os.dlopen, ...fs };

export default constants;
