// /page/NAME streams a page whose content never comes; /told/NAME answers what React said of it in the end.
import { createServer } from "node:http";
import { renderToPipeableStream } from "react-dom/server";
import { page, tell, told } from "./abandoned-page.js";

createServer(async (request, response) => {
  const [, action, name] = request.url.split("/");
  if (action === "told") {
    response.end(await told(name));
    return;
  }
  const { pipe } = renderToPipeableStream(page(), {
    onShellReady: () => pipe(response),
    onError: (error) => tell(name, error),
  });
}).listen(8001);
