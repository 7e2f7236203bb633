// node:constants, deprecated: the constants of os, fs and crypto in one object.
import { OTHERS } from "internal:other_constants";
import { constants as os } from "node:os";
import { constants as fs } from "node:fs";

const constants = { ...OTHERS, ...os.errno, ...os.priority, ...os.signals, ...os.dlopen, ...fs };

export default constants;
