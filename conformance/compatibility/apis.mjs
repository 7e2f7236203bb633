// The APIs whose state docs/compatibility.md tells; Node's modules and other globals are in node-names.mjs.

/** https://tc39.es/ecma262/ and ecma402: what engines differ in. */
export const language = words(`
  Atomics SharedArrayBuffer WeakRef FinalizationRegistry Float16Array Temporal ShadowRealm Iterator.from Iterator.concat
  Array.fromAsync Object.groupBy Map.groupBy Map.prototype.getOrInsert Set.prototype.union Promise.withResolvers
  Promise.try RegExp.escape Error.isError Error.captureStackTrace Math.f16round Math.sumPrecise JSON.rawJSON
  Uint8Array.fromBase64 ArrayBuffer.prototype.transfer String.prototype.isWellFormed SuppressedError DisposableStack
  AsyncDisposableStack
  Intl.Collator Intl.DateTimeFormat Intl.DisplayNames Intl.DurationFormat Intl.ListFormat Intl.Locale Intl.NumberFormat
  Intl.PluralRules Intl.RelativeTimeFormat Intl.Segmenter Intl.getCanonicalLocales Intl.supportedValuesOf
`);

/** https://min-common-api.proposal.wintertc.org/, the snapshot of 2025. */
export const winterTC = words(`
  AbortController AbortSignal Event EventTarget CustomEvent ErrorEvent MessageChannel MessageEvent MessagePort
  PromiseRejectionEvent DOMException
  Headers Request Response FormData Blob File
  CompressionStream DecompressionStream
  ByteLengthQueuingStrategy CountQueuingStrategy ReadableByteStreamController ReadableStream ReadableStreamBYOBReader
  ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader TransformStream
  TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter
  TextDecoder TextDecoderStream TextEncoder TextEncoderStream
  URL URLSearchParams URLPattern
  Crypto CryptoKey SubtleCrypto Performance
  WebAssembly WebAssembly.Global WebAssembly.Instance WebAssembly.Memory WebAssembly.Module WebAssembly.Table
  WebAssembly.Tag WebAssembly.Exception WebAssembly.CompileError WebAssembly.LinkError WebAssembly.RuntimeError
  WebAssembly.compile WebAssembly.compileStreaming WebAssembly.instantiate WebAssembly.instantiateStreaming
  WebAssembly.validate
  globalThis self atob btoa setTimeout setInterval clearTimeout clearInterval queueMicrotask structuredClone reportError
  navigator.userAgent onerror onunhandledrejection onrejectionhandled fetch console crypto performance
`);

/** https://developers.cloudflare.com/workers/runtime-apis/, and clients of the Web beyond the list above. */
export const workers = words(`
  addEventListener FixedLengthStream IdentityTransformStream ReadableStreamBYOBReader.prototype.readAtLeast HTMLRewriter
  caches caches.default caches.open WebSocketPair WebSocket EventSource scheduler.wait ExtendableEvent FetchEvent
  ScheduledEvent crypto.DigestStream crypto.subtle.timingSafeEqual ReadableStream.from
  env.TEXT env.JSON env.SECRET env.SERVICE.fetch env.KV.get env.KV.getWithMetadata env.KV.put env.KV.list env.KV.delete
  ctx.waitUntil ctx.passThroughOnException
`);

export const workersModules = {
  "cloudflare:workers": words(
    "env exports waitUntil withEnv WorkerEntrypoint DurableObject WorkflowEntrypoint RpcStub RpcTarget",
  ),
  "cloudflare:sockets": ["connect"],
};

/** QuickJS's own, for programs written for wasmedge-quickjs. */
export const quickJsModules = { std: [], os: [] };

function words(text) {
  return text.trim().split(/\s+/);
}
