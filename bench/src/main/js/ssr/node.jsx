// The server of the benchmark for everything that has node:http. PORT names its port, WORKERS how many processes share it.
//   /hello                  five bytes
//   /page?seed=S            the page, streamed, made from S
//   /page?seed=S&delay=MS   its second half waits that long
import { createServer } from "node:http";
import { renderToPipeableStream } from "react-dom/server";
import { Page } from "../shop.jsx";

if (!(await startsWorkers(Number(process.env.WORKERS ?? 1)))) {
  // Deno has no cluster: its processes share the port by the kernel's means.
  const sharing = process.env.REUSE_PORT ? { reusePort: true } : {};
  createServer(handle).listen({ port: Number(process.env.PORT), host: "127.0.0.1", ...sharing });
}

/** True in a process that only watches over the workers. */
async function startsWorkers(count) {
  if (count < 2) return false;
  const { default: cluster } = await import("node:cluster");
  for (let i = 0; cluster.isPrimary && i < count; i++) cluster.fork();
  return cluster.isPrimary;
}

function handle(request, response) {
  if (request.url === "/hello") {
    response.setHeader("Content-Type", "text/plain");
    response.end("hello");
    return;
  }
  const [, seed, , delay] = /[?]seed=(\w+)(&delay=(\d+))?/.exec(request.url);
  const { pipe } = renderToPipeableStream(<Page seed={seed} data={waitFor(delay)} />, {
    onShellReady() {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      pipe(response);
    },
    onError(error) {
      console.error(error);
    },
  });
}

function waitFor(delay) {
  return delay === undefined ? undefined : new Promise((done) => setTimeout(done, Number(delay)));
}
