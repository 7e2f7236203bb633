import { Suspense, use } from "react";
import { resume } from "react-dom/server.edge";
import { resumeToPipeableStream } from "react-dom/server.node";
import { prerender } from "react-dom/static.edge";
import { prerenderToNodeStream, resumeAndPrerenderToNodeStream } from "react-dom/static.node";
import { gate, idle, Log, log, read, reasonOf, section } from "../../support.jsx";

function Value({ promise }) {
  return <p>{use(promise)}</p>;
}

function page(first, second) {
  return (
    <html>
      <body>
        <h1>prerendered</h1>
        <Suspense fallback={<i>loading first</i>}>
          <Value promise={first.promise} />
        </Suspense>
        <Suspense fallback={<i>loading second</i>}>
          <Value promise={second.promise} />
        </Suspense>
      </body>
    </html>
  );
}

const opened = (value) => ({ promise: Promise.resolve(value) });
const onError = (error) => log("onError:", reasonOf(error));

async function readNode(stream) {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    log(`chunk ${chunk.length}: ${decoder.decode(chunk, { stream: true })}`);
  }
  log("end");
}

/** Renders what can be had now, and gives up on the second part. */
async function half(render) {
  const [first, second, controller] = [gate(), gate(), new AbortController()];
  const rendering = render(page(first, second), { signal: controller.signal, onError });
  first.open("first");
  await idle();
  log("abort");
  controller.abort(new Error("rest comes later"));
  return rendering;
}

async function whole() {
  section("prerender");
  const { prelude, postponed } = await prerender(page(opened("first"), opened("second")), {
    bootstrapScripts: ["/a.js"],
    onError,
  });
  await read(prelude);
  log("postponed:", JSON.stringify(postponed));

  section("prerenderToNodeStream");
  const node = await prerenderToNodeStream(page(opened("first"), opened("second")), { onError });
  await readNode(node.prelude);
  log("postponed:", JSON.stringify(node.postponed));
}

async function resumed() {
  section("prerender, aborted, then resume");
  const { prelude, postponed } = await half(prerender);
  await read(prelude);
  log("postponed:", JSON.stringify(postponed));
  const late = gate();
  const stream = await resume(page(opened("first again"), late), JSON.parse(JSON.stringify(postponed)), { onError });
  await idle();
  late.open("second");
  await read(stream);

  section("prerenderToNodeStream, aborted, then resumeToPipeableStream");
  const node = await half(prerenderToNodeStream);
  await readNode(node.prelude);
  const { pipe } = resumeToPipeableStream(page(opened("first again"), opened("second")), node.postponed, {
    onError,
    onShellReady: () => log("onShellReady"),
    onAllReady: () => log("onAllReady"),
  });
  pipe(new Log());
  await idle();

  section("prerenderToNodeStream, aborted, then resumeAndPrerenderToNodeStream");
  const again = await half(prerenderToNodeStream);
  const rest = await resumeAndPrerenderToNodeStream(page(opened("first"), opened("second")), again.postponed, { onError });
  await readNode(rest.prelude);
}

export default async function () {
  await whole();
  await resumed();
  section("a shell that fails");
  await prerender(<Value promise={Promise.reject(new Error("no shell"))} />, { onError }).catch((error) =>
    log("rejected:", reasonOf(error)),
  );
}
