import { Suspense, use, useState } from "react";

/** Stands for data that takes its time. */
export function lines(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds, ["streamed", "then hydrated"]));
}

function Lines({ late }) {
  return (
    <ul id="lines">
      {use(late).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Counter() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>Clicked {count} times</button>;
}

export function Page({ styles, late }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>__NAME__</title>
        <link rel="icon" href="data:," />
        {styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <h1>__NAME__</h1>
        <Counter />
        <Suspense fallback={<p id="loading">Loading…</p>}>
          <Lines late={late} />
        </Suspense>
      </body>
    </html>
  );
}
