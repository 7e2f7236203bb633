// atob and btoa, which V8 leaves to its embedder - https://html.spec.whatwg.org/#atob
(() => {
  "use strict";
  const { DOMException, String, Uint8Array } = globalThis;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const fromCharCode = String.fromCharCode;
  const fromBase64 = Uint8Array.fromBase64;
  const toBase64 = uncurry(Uint8Array.prototype.toBase64);
  const apply = Reflect.apply;
  const subarray = uncurry(Uint8Array.prototype.subarray);
  const AT_ONCE = 8192;

  const functions = {
    atob(data) {
      let bytes;
      const text = `${data}`;
      try {
        bytes = apply(fromBase64, Uint8Array, [text]);
      } catch {
        throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
      }
      let binary = "";
      for (let at = 0; at < bytes.length; at += AT_ONCE) {
        binary += apply(fromCharCode, undefined, subarray(bytes, at, at + AT_ONCE));
      }
      return binary;
    },

    btoa(data) {
      const text = `${data}`;
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) {
        const code = charCodeAt(text, i);
        if (code > 255) throw new DOMException("The string to be encoded contains characters outside of Latin1.", "InvalidCharacterError");
        bytes[i] = code;
      }
      return toBase64(bytes);
    },
  };

  for (const name of ["atob", "btoa"]) {
    Object.defineProperty(globalThis, name, {
      value: functions[name], writable: true, enumerable: true, configurable: true,
    });
  }
})();
