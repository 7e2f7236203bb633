// gated-page.jsx as an express app whose pages are compressed: /page/NAME waits for /open/NAME.
import compression from "compression";
import express from "express";
import { createElement as h, lazy, Suspense } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { gate } from "./gates.js";

function page(Content) {
  const body = [
    h("h1", { key: 1 }, "shell"),
    h(Suspense, { key: 2, fallback: h("p", null, "loading") }, h(Content)),
    h("footer", { key: 3 }, "end of the shell"),
  ];
  return h("html", null, h("body", null, body));
}

const app = express();
app.use(compression());
app.get("/page/:name", (request, response) => {
  const opened = gate(request.params.name).promise;
  const Content = lazy(() => opened.then(() => ({ default: () => h("p", null, "content") })));
  const { pipe } = renderToPipeableStream(page(Content), {
    onShellReady() {
      response.setHeader("Content-Type", "text/html");
      pipe(response);
    },
  });
});
app.get("/open/:name", (request, response) => {
  gate(request.params.name).open();
  response.send("opened");
});
app.listen(8001);
