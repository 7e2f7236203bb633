import { Suspense, lazy } from "react";

/** Stands for a component whose data takes two seconds to come; one promise for each request. */
function slowly(component) {
  return lazy(() => new Promise((loaded) => setTimeout(() => loaded({ default: component }), 2000)));
}

function Comments() {
  return (
    <ul id="comments">
      {["The shell was here at once.", "This came two seconds later.", "Nothing was reloaded."].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

export default function Page({ path }) {
  const SlowComments = slowly(Comments);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Streaming from the JVM</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <h1>Streaming from the JVM</h1>
        <p id="path">You asked for {path}</p>
        <Suspense fallback={<p id="loading">Loading comments…</p>}>
          <SlowComments />
        </Suspense>
        <footer>The end of the shell</footer>
      </body>
    </html>
  );
}
