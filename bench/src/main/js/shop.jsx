// The page of all benchmarks: 516 elements, about 39,000 bytes of HTML.
import { createContext, Suspense, use, useContext, useId, useMemo, useState } from "react";

const Theme = createContext("light");

function Row({ item, index }) {
  const theme = useContext(Theme);
  const id = useId();
  const [open] = useState(index % 3 === 0);
  const price = useMemo(() => (item.price * 1.19).toFixed(2), [item.price]);
  return (
    <li
      className={`row ${theme} ${open ? "open" : "closed"}`}
      data-id={item.id}
      style={{ color: index % 2 ? "red" : "blue", marginTop: index }}
    >
      <a href={`/products/${item.slug}?q=${encodeURIComponent(item.name)}`} id={id}>
        {item.name}
      </a>
      <span className="price">{price} €</span>
      {open && <p title={item.desc}>{item.desc}</p>}
      <button type="button" onClick={() => {}} disabled={!item.stock}>
        Add &amp; go
      </button>
    </li>
  );
}

function rows(items) {
  return items.map((item, index) => <Row key={item.id} item={item} index={index} />);
}

function Rest({ items, data }) {
  if (data !== undefined) use(data);
  return (
    <section id="lazy">
      <ul>{rows(items)}</ul>
    </section>
  );
}

/** `data` is what the second half waits for: undefined for nothing, or a promise. */
export function Page({ seed, data }) {
  const items = products(seed);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>{seed}</title>
        <link rel="icon" href="/favicon.ico" />
      </head>
      <body>
        <Theme.Provider value="dark">
          <header>
            <nav>
              {["Home", "Shop", "About", "Contact"].map((name) => (
                <a key={name} href={`/${name.toLowerCase()}`}>
                  {name}
                </a>
              ))}
            </nav>
          </header>
          <main>
            <h1>Products</h1>
            <ul>{rows(items.slice(0, 60))}</ul>
            <Suspense fallback={<p>Loading…</p>}>
              <Rest items={items.slice(60)} data={data} />
            </Suspense>
          </main>
        </Theme.Provider>
      </body>
    </html>
  );
}

/** Everything a row shows depends on the seed, so that no render can be had from an earlier one. */
function products(seed) {
  return Array.from({ length: 115 }, (_, i) => ({
    id: `p${i}`,
    slug: `product-${i}-${seed}`,
    name: `Product <${i}> "${seed}"`,
    price: 10 + i * 1.37 + seed.length,
    desc: `A long description & more text for product number ${i} of ${seed}`,
    stock: i % 5,
  }));
}
