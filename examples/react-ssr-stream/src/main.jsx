import { createServer } from "http";
import { renderToPipeableStream } from "react-dom/server";
import Page from "./page.jsx";

createServer((req, res) => {
  const { pipe } = renderToPipeableStream(<Page path={req.url} />, {
    onShellReady() {
      res.statusCode = 200;
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      pipe(res);
    },
    onShellError(error) {
      res.statusCode = 500;
      res.end("The page could not be rendered.");
      console.error(error);
    },
    onError(error) {
      console.error(error);
    },
  });
}).listen(8001, () => console.log("http://127.0.0.1:8001/"));
