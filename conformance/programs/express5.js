// An express 5 app with compression and static files.
import express from "express";
import compression from "compression";
import { fileURLToPath } from "node:url";
import { run } from "./fixtures/express_app.js";

await run(express, compression, fileURLToPath(new URL("fixtures/static", import.meta.url)), "/{*rest}");
