// How much one request may ask of its namespaces.
import { env } from "cloudflare:workers";
import { createServer } from "node:http";

const { SMALL } = env;
const server = createServer(async (request, response) => {
  const said = [];
  for (let i = 0; i < 3; i++) {
    try {
      said.push(await SMALL.get("unused"));
    } catch (error) {
      said.push(error.message);
    }
  }
  response.end(JSON.stringify(said));
});
server.listen(0, async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  console.log(await (await fetch(url)).text());
  console.log(await (await fetch(url)).text());
  server.close();
});
