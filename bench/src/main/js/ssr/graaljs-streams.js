// GraalJS has no streams of its own.
import { ReadableStream } from "web-streams-polyfill";

globalThis.ReadableStream = ReadableStream;
