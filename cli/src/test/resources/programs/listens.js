import { createServer } from "node:http";
createServer((request, response) => response.end("hello")).listen(Number(process.argv[2]), "127.0.0.1", function () {
  console.log(this.address().port);
});
