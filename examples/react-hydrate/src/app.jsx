import { Suspense, lazy, useState } from "react";

/** On the server the list is two seconds late; in the browser it is there when the code is. */
export function lateList(milliseconds) {
  return lazy(() => new Promise((loaded) => setTimeout(() => loaded({ default: List }), milliseconds)));
}

function List() {
  return (
    <ul id="list">
      <li>streamed</li>
      <li>then hydrated</li>
    </ul>
  );
}

function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button id="counter" onClick={() => setCount(count + 1)}>
      Clicked {count} times
    </button>
  );
}

export function App({ LateList }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Hydration</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <h1>Hydration</h1>
        <Counter />
        <Suspense fallback={<p id="loading">Loading the list…</p>}>
          <LateList />
        </Suspense>
      </body>
    </html>
  );
}
