// Room for texts on their way to Java, which V8 writes into as UTF-8. It has no function of its own for that, but its
// WebAssembly has one instruction (string.encode_utf8 of the proposal "reference-typed strings"), in the module below.
// Java's half is TextRoom.java.
(function () {
  "use strict";
  const section = (id, ...bytes) => [id, bytes.length, ...bytes];
  const name = (text) => [text.length, ...[...text].map((letter) => letter.charCodeAt(0))];
  const I32 = 0x7f;
  const STRING_REF = 0x67;
  const PAGES = 4;

  const module = new WebAssembly.Module(
    new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      // One type: (stringref, i32) to i32.
      ...section(1, 1, 0x60, 2, STRING_REF, I32, 1, I32),
      // One function, of that type.
      ...section(3, 1, 0),
      // One memory that stays as large as it is.
      ...section(5, 1, 1, PAGES, PAGES),
      ...section(7, 2, ...name("encode"), 0, 0, ...name("memory"), 2, 0),
      // No locals; local.get 0, local.get 1, string.encode_utf8 into memory 0, end.
      ...section(10, 1, 10, 0, 0x20, 0, 0x20, 1, 0xfb, 0x86, 0x01, 0, 0x0b),
    ]),
  );
  const { encode, memory } = new WebAssembly.Instance(module).exports;
  return { encode, buffer: memory.buffer };
})()
