// Ten thousand servers: those over the limit fail.
import { createServer } from "node:http";

let failures = 0;
for (let i = 0; i < 10_000; i++) {
  createServer().listen(0).on("error", (error) => {
    if (failures++ === 0) console.log(error.code, error.message);
  });
}
setTimeout(() => {
  console.log(failures);
  process.exit();
});
