// An express app that answers one request of its own and ends.
const http = require("node:http");
const express = require("express");

const app = express();
app.use(express.json());
app.get("/hello/:name", (request, response) => response.json({ hello: request.params.name }));
const server = app.listen(0, "127.0.0.1", () => {
  http.get({ host: "127.0.0.1", port: server.address().port, path: "/hello/you", agent: false }, (response) => {
    response.setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => server.close());
  });
});
