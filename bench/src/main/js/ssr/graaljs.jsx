// The benchmark's page for GraalJS inside of a Java server: render(seed, page) gives page its bytes.
import "../globals.js";
import "./graaljs-streams.js";
import { renderToReadableStream } from "react-dom/server.browser";
import { Page } from "../shop.jsx";

globalThis.render = async (seed, page) => {
  const stream = await renderToReadableStream(<Page seed={seed} />);
  for await (const { buffer, byteOffset, length } of stream) page.chunk(buffer, byteOffset, length);
};
