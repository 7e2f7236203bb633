// TextEncoder, encodeInto, TextDecoder with labels, fatal, ignoreBOM and streams of chunks.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const encoder = new TextEncoder();
log([...encoder.encode("aé€😀\ud800x")], encoder.encoding, encoder.encode().length);
const target = new Uint8Array(6);
log(encoder.encodeInto("aé😀", target), [...target]);
log(encoder.encodeInto("😀", target.subarray(0, 4)), encoder.encodeInto("\udc00", target.subarray(0, 2)));

const decode = (label, bytes, options) => new TextDecoder(label, options).decode(new Uint8Array(bytes));
log(decode("utf-8", [0xef, 0xbb, 0xbf, 65]), decode("utf-8", [0xef, 0xbb, 0xbf, 65], { ignoreBOM: true }).length);
log(decode(" Latin1 ", [0xe9]), decode("utf-16le", [0x41, 0, 0x3d, 0xd8, 0, 0xde]), decode("shift_jis", [0x82, 0xa0]));
log(decode("gbk", [0xc4, 0xe3]), decode("euc-kr", [0xb0, 0xa1]), decode("big5", [0xa7, 0x41]), decode("koi8-r", [0xc1]));
log(new TextDecoder("latin1").encoding, new TextDecoder("utf8").encoding, new TextDecoder("unicode").encoding);

const stream = new TextDecoder();
let text = "";
for (const byte of encoder.encode("\ufeffa€😀")) text += stream.decode(new Uint8Array([byte]), { stream: true });
text += stream.decode();
log(text, text.length, stream.decode(new Uint8Array([0xf0, 0x9f])), stream.decode(new Uint8Array([65])));

for (const wrong of [
  () => new TextDecoder("utf-7"),
  () => decode("utf-8", [0xff], { fatal: true }),
  () => new TextDecoder().decode("text"),
  () => encoder.encodeInto("x", []),
  () => TextEncoder.prototype.encode.call({}, "x"),
]) {
  try {
    wrong();
    log("no error");
  } catch (error) {
    log(error.name);
  }
}

const chunks = [];
const source = ReadableStream.from([encoder.encode("a€").slice(0, 2), encoder.encode("a€").slice(2)]);
for await (const chunk of source.pipeThrough(new TextDecoderStream())) chunks.push(chunk);
log(chunks);
const bytes = [];
for await (const chunk of ReadableStream.from(["\ud83d", "\ude00!"]).pipeThrough(new TextEncoderStream())) bytes.push(...chunk);
log(bytes);
