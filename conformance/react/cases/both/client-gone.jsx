import { Suspense } from "react";
import { renderToReadableStream } from "react-dom/server.web";
import { gate, idle, log, pipe, reasonOf, section, suspending } from "../../support.jsx";

function page(data) {
  const Late = suspending(data);
  return (
    <main>
      <Suspense fallback={<p>loading</p>}>
        <Late />
      </Suspense>
    </main>
  );
}

export default async function () {
  for (const error of [undefined, new Error("connection reset")]) {
    section(`a Node stream is destroyed with ${error && reasonOf(error)}`);
    const { into } = pipe(page(gate()));
    await idle();
    into.destroy(error);
    await idle();
  }
  section("a web stream is cancelled");
  const onError = (error) => log("onError:", reasonOf(error));
  const reader = (await renderToReadableStream(page(gate()), { onError })).getReader();
  log(new TextDecoder().decode((await reader.read()).value));
  await reader.cancel(new Error("not wanted any more"));
  await idle();
}
