import { both } from "../../support.jsx";

/** Characters of one to four bytes, so that some lie on every border of React's 2,048 byte buffer. */
const text = "aüß€漢字😀\u0301";

export default () =>
  both(() => ({
    element: (
      <ul>
        {Array.from({ length: 300 }, (_, i) => (
          <li key={i} title={text.slice(i % 5)}>
            {text.repeat(1 + (i % 7))}
          </li>
        ))}
        <li>{text.repeat(900)}</li>
        <li>{"lone surrogates: \ud83d and \ude00"}</li>
      </ul>
    ),
  }));
