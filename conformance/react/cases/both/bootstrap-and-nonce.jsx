import { Suspense } from "react";
import { both, gate, log, suspending } from "../../support.jsx";

const variants = {
  scripts: { bootstrapScripts: ["/a.js", "/b.js?x=1&y=2"] },
  modules: { bootstrapModules: ["/a.mjs", "/b.mjs"] },
  content: { bootstrapScriptContent: 'start("</script><!--")' },
  everything: {
    bootstrapScriptContent: "start()",
    bootstrapScripts: [{ src: "/a.js", integrity: "sha256-abc", crossOrigin: "anonymous" }, "/b.js"],
    bootstrapModules: [{ src: "/a.mjs", integrity: "sha256-def", crossOrigin: "use-credentials" }],
    nonce: 'N0nce"&',
    namespaceURI: "http://www.w3.org/1999/xhtml",
    progressiveChunkSize: 100,
  },
};

export default async function () {
  for (const [name, options] of Object.entries(variants)) {
    log(`==== ${name}`);
    await both(() => {
      const data = gate();
      const Late = suspending(data);
      return {
        options,
        element: (
          <html>
            <head>
              <title>nonce</title>
            </head>
            <body>
              <Suspense fallback={<p>loading</p>}>
                <Late />
              </Suspense>
              <Suspense fallback={<p>wide</p>}>
                <p>{"wide ".repeat(40)}</p>
              </Suspense>
            </body>
          </html>
        ),
        act: () => data.open("[data]"),
      };
    });
  }
}
