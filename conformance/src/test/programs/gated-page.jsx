// /page/NAME streams a page whose content waits for the gate NAME; /open/NAME opens it.
import { createServer } from "http";
import { Suspense, lazy } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { gate } from "./gates.js";

function page(Content) {
  return (
    <html>
      <body>
        <h1>shell</h1>
        <Suspense fallback={<p>loading</p>}>
          <Content />
        </Suspense>
        <footer>end of the shell</footer>
      </body>
    </html>
  );
}

createServer((req, res) => {
  const [, action, name] = req.url.split("/");
  if (action === "open") {
    gate(name).open();
    res.end("opened");
    return;
  }
  const Content = lazy(() => gate(name).promise.then(() => ({ default: () => <p>content</p> })));
  const { pipe } = renderToPipeableStream(page(Content), {
    onShellReady() {
      res.setHeader("Content-Type", "text/html");
      pipe(res);
    },
  });
}).listen(8001);
