// Writes the goldens of React's cases: what the same bundles print on Node. `./dev golden` runs it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundles, casesOf } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));

for (const major of [18, 19]) {
  const folder = join(here, "golden", String(major));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name } of casesOf(major)) {
    const output = execFileSync(process.execPath, [join(bundles, `react${major}.mjs`), name], { encoding: "utf8" });
    writeFileSync(join(folder, `${name}.out`), output);
  }
}

/** The whole body of examples/react-ssr-stream, whose programs listen on 8001. */
async function exampleBody(program) {
  const server = spawn(process.execPath, [join(here, "../../examples/react-ssr-stream/dist", program)]);
  try {
    await once(server.stdout, "data");
    return await (await fetch("http://127.0.0.1:8001/golden?a=1")).text();
  } finally {
    server.kill();
    await once(server, "exit");
  }
}

for (const [major, program] of [[18, "react18.js"], [19, "main.js"]]) {
  writeFileSync(join(here, "golden", `react-ssr-stream.${major}.html`), await exampleBody(program));
}
