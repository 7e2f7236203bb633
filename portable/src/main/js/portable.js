// The runtime where there is no Java: JavaScript over WASI. Evaluated once, while Runnel is built.
import { driver } from "./driver.js";
import { httpHost } from "./http.js";
import * as loop from "./loop.js";
import * as modules from "./modules.js";
import { errorsFunctions, pack, start } from "./program.js";
import * as system from "./system_hosts.js";
import { bufferHost, encodingHost } from "./text_hosts.js";
import { completed, notSupported } from "./unsupported.js";
import { urlHost } from "./url/url_host.js";

modules.provide("isolate", {
  register: loop.register,
  mailbox: () => loop.mailbox,
  flush: loop.readMailbox,
  evaluate: (name, source, firstLine = 1) => driver.evaluate(name, source, firstLine),
  requireModule: modules.requireModule,
  contextFrame: driver.contextFrame,
  setContextFrame: driver.setContextFrame,
  promiseDetails: driver.promiseDetails,
  proxyDetails: driver.proxyDetails,
  collectGarbage: driver.collectGarbage,
  withHeadroom: driver.withHeadroom,
  webAssembly() {
    throw notSupported("WebAssembly");
  },
});
modules.provide("engine", { can: (capability) => capability === "SNAPSHOTS" });
modules.provide("errors", completed("errors", errorsFunctions));
modules.provide("encoding", encodingHost);
modules.provide("buffer", bufferHost);
modules.provide("url", urlHost);
modules.provide("http", httpHost);
modules.provide("console", system.consoleHost);
modules.provide("performance", system.performanceHost);
modules.provide("crypto", system.cryptoHost);
modules.provide("hash", completed("hash", { random: system.hashRandom }));
modules.provide("process", system.processHost);
modules.provide("fs", system.fsHost);
modules.provide("modules", {
  resolve: modules.resolveFor,
  kind: (name) => (modules.isBuiltin(name) ? "builtin" : modules.formatOf(name)),
  read: modules.readModule,
});

driver.hooks(modules.normalize, modules.load, loop.rejected, start, pack);
modules.requireModule("internal:boot");
loop.turn(() => {});
