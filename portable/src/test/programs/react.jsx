import { Suspense, use } from "react";
import { renderToReadableStream } from "react-dom/server";

const items = Array.from({ length: 60 }, (_, i) => ({ id: `p${i}`, name: `Product ${i}`, price: 10 + i * 1.37 }));

function Row({ item }) {
  return (
    <li data-id={item.id}>
      <a href={`/p/${item.id}`}>{item.name}</a> <span>{item.price.toFixed(2)} €</span>
    </li>
  );
}

function Slow({ data }) {
  return <ul id="slow">{use(data).map((item) => <Row key={item.id} item={item} />)}</ul>;
}

function Page({ path, data }) {
  return (
    <html lang="en">
      <head>
        <title>Shop</title>
      </head>
      <body>
        <h1>{`Hello from ${path}`}</h1>
        <ul>{items.slice(0, 30).map((item) => <Row key={item.id} item={item} />)}</ul>
        <Suspense fallback={<p>Loading…</p>}>
          <Slow data={data} />
        </Suspense>
      </body>
    </html>
  );
}

export default {
  async fetch(request) {
    const data = request.text().then(() => items.slice(30));
    const page = <Page path={new URL(request.url).pathname} data={data} />;
    return new Response(await renderToReadableStream(page), { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
