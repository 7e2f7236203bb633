// An express 4 app with compression and static files.
import express from "express4";
import compression from "compression";
import { fileURLToPath } from "node:url";
import { run } from "./fixtures/express_app.js";

await run(express, compression, fileURLToPath(new URL("fixtures/static", import.meta.url)), "*");
