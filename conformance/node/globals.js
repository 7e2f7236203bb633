// What Node's globals and modules have beside the Web's.
import { CloseEvent as HttpCloseEvent, MessageEvent as HttpMessageEvent, WebSocket as HttpWebSocket } from "node:http";
import { URLPattern as UrlPattern } from "node:url";

console.log(global === globalThis, Object.getOwnPropertyDescriptor(globalThis, "global").enumerable);
global.answer = 42;
console.log(answer);
console.log(HttpWebSocket === WebSocket, HttpCloseEvent === CloseEvent, HttpMessageEvent === MessageEvent);
console.log(UrlPattern === URLPattern);
