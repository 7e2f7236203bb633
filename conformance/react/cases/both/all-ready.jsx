import { Suspense } from "react";
import { renderToReadableStream } from "react-dom/server.web";
import { gate, idle, log, pipe, read, section, suspending } from "../../support.jsx";

function page() {
  const data = gate();
  const Late = suspending(data);
  const element = (
    <main>
      <Suspense fallback={<p>loading</p>}>
        <Late />
      </Suspense>
    </main>
  );
  return { data, element };
}

export default async function () {
  section("renderToPipeableStream, piped when all is ready");
  const first = page();
  pipe(first.element, {}, { at: "onAllReady" });
  await idle();
  log("data is here");
  first.data.open("[data]");
  await idle();

  section("renderToReadableStream, read when all is ready");
  const second = page();
  const stream = await renderToReadableStream(second.element);
  await idle();
  log("data is here");
  second.data.open("[data]");
  await stream.allReady;
  log("allReady");
  await read(stream);
}
