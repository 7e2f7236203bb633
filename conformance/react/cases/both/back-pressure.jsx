import { Suspense } from "react";
import { renderToReadableStream } from "react-dom/server.web";
import { gate, idle, Log, log, pipe, section, suspending } from "../../support.jsx";

function Block({ name }) {
  return <p>{name.repeat(700)}</p>;
}

function page() {
  const gates = [gate(), gate(), gate()];
  const parts = gates.map(suspending);
  const element = (
    <main>
      <Block name="shell " />
      {parts.map((Part, i) => (
        <Suspense key={i} fallback={<p>loading {i}</p>}>
          <Part render={(value) => <Block name={value} />} />
        </Suspense>
      ))}
    </main>
  );
  return { gates, element };
}

export default async function () {
  section("a Node stream that takes a chunk when told to");
  const first = page();
  const { into } = pipe(first.element, {}, { into: new Log({ hold: true, highWaterMark: 1024 }) });
  await idle();
  first.gates.forEach((part, i) => part.open(`part ${i} `));
  await idle();
  for (let took = true; took; await idle()) {
    log("take");
    took = into.take();
  }

  section("a web stream read chunk by chunk");
  const second = page();
  const reader = (await renderToReadableStream(second.element)).getReader();
  second.gates.forEach((part, i) => part.open(`part ${i} `));
  await idle();
  for (;;) {
    log("read");
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    log(value.length);
    await idle();
  }
  log("end");
}
