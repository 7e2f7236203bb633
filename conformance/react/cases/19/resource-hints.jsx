import { Suspense, use } from "react";
import { preconnect, prefetchDNS, preinit, preinitModule, preload, preloadModule } from "react-dom";
import { both, gate, log } from "../../support.jsx";

function Hints() {
  prefetchDNS("https://dns.example");
  preconnect("https://api.example");
  preconnect("https://cors.example", { crossOrigin: "use-credentials" });
  preload("/font.woff2", { as: "font", type: "font/woff2" });
  preload("/hero.png", { as: "image", imageSrcSet: "a.png 1x, b.png 2x", imageSizes: "50vw", fetchPriority: "high" });
  preload("/late.css", { as: "style" });
  preloadModule("/chunk.mjs", { integrity: "sha256-x" });
  preinit("/reset.css", { as: "style", precedence: "reset" });
  preinit("/analytics.js", { as: "script", nonce: "n" });
  preinitModule("/entry.mjs", { as: "script" });
  return <p>hinted</p>;
}

function Late({ promise }) {
  use(promise);
  preload("/after-shell.js", { as: "script" });
  return (
    <>
      <link rel="stylesheet" href="/late.css" precedence="default" />
      <link rel="stylesheet" href="/later.css" precedence="high" media="screen" />
      <style href="inline" precedence="default">{`p > b { color: red }`}</style>
      <script async src="/late.js" />
      <p>late</p>
    </>
  );
}

export default () =>
  both(() => {
    const data = gate();
    return {
      options: {
        onHeaders: (headers) => log("onHeaders:", headers instanceof Headers ? headers.get("link") : headers.Link),
        maxHeadersLength: 300,
      },
      element: (
        <html>
          <head>
            <meta charSet="utf-8" />
          </head>
          <body>
            <Hints />
            <title>Hoisted title</title>
            <meta name="description" content="hoisted" />
            <link rel="canonical" href="/here" />
            <link rel="stylesheet" href="/base.css" precedence="default" />
            <img src="/picture.png" alt="" />
            <img src="/lazy.png" alt="" loading="lazy" />
            <script async src="/early.js" />
            <Suspense fallback={<p>loading</p>}>
              <Late promise={data.promise} />
            </Suspense>
          </body>
        </html>
      ),
      act: () => data.open(),
    };
  });
