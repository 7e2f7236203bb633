// HTMLRewriter: selectors, what can be done to each token, async handlers, bytes that stay, what is refused.
const run = (html, rewriter) => rewriter.transform(new Response(html)).text();
const show = async (name, attempt) => {
  try {
    console.log(name, await attempt());
  } catch (error) {
    console.log(name, error.name, error.message);
  }
};
const on = (selector, handlers) => new HTMLRewriter().on(selector, handlers);
const mark = (selector, html) => run(html, on(selector, { element: (e) => void e.setAttribute("x", "") })).then((text) => text.replaceAll(' x=""', "!"));

// Selectors.
const list = `<div id="a" class="b c"><p>1</p><p lang="en-US">2</p><i>3</i><p title="Xyz">4</p></div><p>5</p>`;
for (const selector of [
  "*", "p", "div p", "div > p", "div>i", ".c", ".d", "#a", "[lang]", "[lang=en-US]", '[title="xyz" i]', "[title=xyz]", "[class~=b]",
  "[title^=X]", "[title$=z]", "[title*=y]", "[lang|=en]", "p:nth-child(2)", "p:first-child", "p:nth-of-type(3)", "i:first-of-type",
  "p:not([lang])", "p:nth-child(2n)", ":nth-child(odd)", "P, i", "div p:not(:first-child):not([title])", "p[lang]:nth-child(-n+2)",
]) await show(selector, () => mark(selector, list));

// Elements.
const html = `<div class="a" data-x='1' hidden>in<b>side</b></div>after`;
const element = (label, fn) => show(label, () => run(html, on("div", { element: (e) => void fn(e) })));
await element("before, after", (e) => e.before("<1>").before("2").after("3").after("<4>", { html: true }));
await element("prepend, append", (e) => e.prepend("1").prepend("<i>2</i>", { html: true }).append("3").append("4&"));
await element("replace", (e) => e.replace("<hr>", { html: true }).before("b").after("a"));
await element("setInnerContent", (e) => e.setInnerContent("<new>").append("more"));
await element("remove", (e) => e.remove());
await element("keep", (e) => e.removeAndKeepContent());
await element("rename", (e) => (e.tagName = "section"));
await element("attributes", (e) => {
  console.log([...e.attributes].join(" "), e.getAttribute("CLASS"), e.getAttribute("none"), e.hasAttribute("hidden"), e.getAttribute("hidden") === "");
  e.setAttribute("Title", 'a "quoted" & <more>').removeAttribute("class").setAttribute("data-x", "2");
});
await element("facts", (e) => console.log(e.tagName, e.namespaceURI, e.selfClosing, e.canHaveContent, e.removed));
await show("void", () => run("<p><br><img src=a>x", on("br, img", { element: (e) => void e.append("no").prepend("no").after("!").before("?") })));
await show("nested", () => run("<a><b>1</b></a>2", on("a", { element: (e) => void e.remove().after("gone") }).on("b", { element: (e) => void e.before("never") })));
await show("two handlers", () => run("<p>x</p>", on("p", { element: (e) => void e.append("1") }).on("p", { element: (e) => void e.append(e.removed ? "" : "2") })));
await show("foreign", () => run("<svg><title><p>t</p></title><path/><g/></svg><p/>x</p>", on("*", { element: (e) => void e.setAttribute("n", e.namespaceURI.slice(-4) + e.canHaveContent) })));
await show("raw text", () => run("<script>if (a<b) '<p>'</script><style><p></style><title><p></title><textarea><p></p></textarea><p>", on("p", { element: (e) => void e.setAttribute("x", "1") })));
await show("script in a comment", () => run("<script><!-- <script> </script> <p> --></script><p>", on("p", { element: (e) => void e.setAttribute("x", "1") })));

// End tags.
await show("end tag", () => run("<p>1</p><p>2</p>", on("p", { element: (e) => e.onEndTag((tag) => void tag.before(tag.name).after("|")) })));
await show("end tag renamed", () => run("<p>1</p>", on("p", { element: (e) => e.onEndTag((tag) => void (tag.name = "q")) })));
await show("end tag removed", () => run("<p>1</p>2", on("p", { element: (e) => e.onEndTag((tag) => void tag.remove()) })));
await show("without end", () => run("<ul><li>1<li>2</ul>", on("li", { element: (e) => void e.append("!").after("|") })));
await show("void end", () => run("<br>", on("br", { element: (e) => e.onEndTag(() => {}) })));

// Text, comments, doctype, the end.
const pieces = [];
await show("text", () => run("<p>a<b>b&amp;</b>c</p>d", on("p", { text: (t) => void pieces.push(`${t.text}${t.lastInTextNode ? "." : ""}`) })));
console.log(pieces.join("|"));
await show("text changes", () => run("<p>abc</p>", on("p", { text: (t) => void (t.lastInTextNode ? t.after("<end>") : t.before("<b>", { html: true }).replace("x<y").after("</b>", { html: true })) })));
await show("text removed", () => run("<p>abc<i>d</i></p>e", on("p", { text: (t) => void t.remove() })));
await show("comments", () => run("<p><!--a--></p><!--b--><?php c ?><!-->", on("p", { comments: (c) => void (c.text = c.text.toUpperCase()) })));
await show("document comments", () => run("<p><!--a--></p><!--b--><?php c ?><!-->", new HTMLRewriter().onDocument({ comments: (c) => void c.before(`[${c.text}]`).remove() })));
await show("comment text", () => run("<!--a-->", new HTMLRewriter().onDocument({ comments: (c) => void (c.text = "x-->") })));
await show("doctype", () => run('<!DOCTYPE html PUBLIC "-//W3C//DTD" "http://x/y"><p>', new HTMLRewriter().onDocument({ doctype: (d) => console.log(d.name, d.publicId, d.systemId) })));
await show("short doctype", () => run("<!doctype HTML>", new HTMLRewriter().onDocument({ doctype: (d) => console.log(d.name, d.publicId, d.systemId) })));
await show("end", () => run("<p>x", new HTMLRewriter().onDocument({ text: (t) => void (t.lastInTextNode || t.replace(t.text.toUpperCase())), end: (end) => void end.append("<hr>", { html: true }).append("<") })));

// Handlers that take their time, and `this`.
await show("async", () => run("<p>1</p><p>2</p>", on("p", { async element(e) { await scheduler.wait(1); e.append(await new Promise((done) => setTimeout(done, 1, "!"))); }, async text(t) { await null; t.lastInTextNode || t.replace(t.text + "?"); } })));
await show("this", () => run("<p>", on("p", new (class { tag = "q"; element(e) { e.tagName = this.tag; } })())));

// Untouched bytes, however they come.
const wild = `\ufeff<!DOCTYPE html><HTML lAng = en ><p a='1'a=2 b / c=d/><!-- x --!><![CDATA[y]]></ p></p x="y">< b>&#60;<svg><![CDATA[ <p> ]]]></svg></nothing><a href="x>y">é€😀</a\n><p`;
const bytes = new TextEncoder().encode(wild);
const nothing = () => on("*", { element() {}, text() {}, comments() {} }).onDocument({ doctype() {}, text() {}, comments() {}, end() {} });
for (const size of [1, 2, 3, 7, 1000]) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.slice(at, at + size));
  const result = await nothing().transform(new Response(ReadableStream.from(parts))).bytes();
  console.log("untouched", size, result.length === bytes.length && result.every((byte, i) => byte === bytes[i]));
}
const latin = new Response(new Uint8Array([60, 112, 62, 233, 60, 47, 112, 62]), { headers: { "content-type": "text/html; charset=iso-8859-1" } });
const inLatin = await on("p", { text: (t) => void (t.lastInTextNode || t.after(`${t.text}€`)) }).transform(latin).bytes();
console.log("latin", [...inLatin].join());

// The response around it.
const response = on("p", { element() {} }).transform(new Response("<p>", { status: 201, headers: { "content-length": "3", "x-a": "b" } }));
console.log(response.status, response.headers.get("x-a"), response.headers.get("content-length"), await response.text());
console.log(on("p", {}).transform(new Response(null, { status: 204 })).body);

// What comes first is there before what follows has been read.
let more;
const slow = on("b", { element: (e) => void e.setAttribute("x", "1") }).transform(new Response(new ReadableStream({ start: (c) => (c.enqueue(new TextEncoder().encode("<b>first")), (more = c)) })));
const reader = slow.body.getReader();
console.log("first", new TextDecoder().decode((await reader.read()).value));
more.enqueue(new TextEncoder().encode("<i"));
more.enqueue(new TextEncoder().encode("><b>second"));
console.log("second", new TextDecoder().decode((await reader.read()).value));
await reader.cancel();

// What is refused.
for (const selector of ["", "p:hover", "a + b", "a ~ b", "p::before", "[a", "p:not(", ":nth-child(x)", "a,", "..x", "[a!=b]"]) await show(`selector ${selector}`, () => on(selector, {}) && "taken");
await show("handlers", () => on("p", 1));
await show("handler", () => on("p", { element: 1 }));
await show("response", () => new HTMLRewriter().transform("x"));
await show("utf-16", () => on("p", {}).transform(new Response("x", { headers: { "content-type": "text/html;charset=utf-16" } })).text());
await show("throws", () => run("<p>", on("p", { element() { throw new RangeError("mine"); } })));
await show("rejects", () => run("<p>", on("p", { async element() { throw new RangeError("mine too"); } })));
let kept;
await show("kept", () => run("<p>", on("p", { element: (e) => void (kept = e) })));
await show("too late", () => kept.remove());
await show("names", () => run("<p>", on("p", { element: (e) => void (e.tagName = "a b") })));
await show("attribute names", () => run("<p>", on("p", { element: (e) => void e.setAttribute("a=b", "") })));
await show("endless tag", () => run(`<p ${"x".repeat(5_000_000)}`, on("p", {})));
await show("deep", () => run("<p>".repeat(700_000), on("p", { element: undefined })));
console.log(Object.prototype.toString.call(new HTMLRewriter()), HTMLRewriter.length, HTMLRewriter.name);
