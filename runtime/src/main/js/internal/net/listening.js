// The arguments of listen(), which servers of node:net and node:http share.
import { isIP } from "internal:net/addresses";
import { codes, notSupported } from "internal:node_errors";
import { networkError } from "internal:system_errors";
import { nextTick } from "internal:ticks";
import { validateAbortSignal, validatePort } from "internal:validators";

const { ERR_INVALID_ARG_VALUE } = codes;

/** ([port[, host[, backlog]]]) or (options) → { port, host, backlog, signal } */
export function listenOptions([first, second, third]) {
  if (first === undefined || first === null) return { port: 0, host: undefined };
  if (typeof first === "object") return optionsOf(first);
  if (typeof first === "boolean") throw new ERR_INVALID_ARG_VALUE("options", { port: first }, 'must have the property "port" or "path"');
  const isPath = typeof first === "string" && !/^\s*(0x[\da-f]+|\d+)\s*$/i.test(first);
  if (isPath) throw notSupported(`Listening on the UNIX socket ${first}`);
  const hasHost = typeof second === "string";
  return {
    port: validatePort(first, "options.port"),
    host: hasHost ? second : undefined,
    backlog: backlogOf(hasHost ? third : second),
  };
}

function optionsOf(options) {
  if (options.path !== undefined && options.port === undefined) throw notSupported("Listening on a UNIX socket");
  if (options.fd !== undefined || options.handle !== undefined || options._handle) throw notSupported("Listening on an open handle");
  if (options.port === undefined) {
    throw new ERR_INVALID_ARG_VALUE("options", options, 'must have the property "port" or "path"');
  }
  validateAbortSignal(options.signal, "options.signal");
  const port = options.port === null ? 0 : validatePort(options.port, "options.port");
  return { port, host: options.host, backlog: backlogOf(options.backlog), signal: options.signal };
}

function backlogOf(value) {
  return Number.isInteger(+value) && +value > 0 ? Math.min(+value, 65535) : 0;
}

/** Only a name is looked up, or an address's interface. */
export function needsLookup(host) {
  return Boolean(host) && (isIP(host) === 0 || host.includes("%"));
}

export function listenError(error, host, port) {
  const shown = networkError(error.code, "listen", host ?? "::", port, error.message);
  if (error.code === "EACCES" || error.code === "EMFILE") shown.message += ` - ${error.message}`;
  return shown;
}

export function stopOnAbort(server, signal) {
  if (!signal) return;
  const stop = () => server.close();
  if (signal.aborted) nextTick(stop);
  else signal.addEventListener("abort", stop, { once: true });
}
