import * as React from "react";
import { renderToStaticMarkup, renderToString } from "react-dom/server.node";
import { log, reasonOf, section } from "../../support.jsx";

const Theme = React.createContext("light");

class Greeting extends React.Component {
  static contextType = Theme;
  state = { shown: this.props.name.toUpperCase() };
  render() {
    return <p className={this.context}>{`Hello, ${this.state.shown}`}</p>;
  }
}

const Field = React.forwardRef(function Field({ label, ...rest }, ref) {
  return (
    <label>
      {label}
      <input ref={ref} {...rest} />
    </label>
  );
});

const Squares = React.memo(function Squares({ upTo }) {
  const numbers = React.useMemo(() => Array.from({ length: upTo }, (_, i) => i * i), [upTo]);
  return numbers.map((n) => <b key={n}>{n}</b>);
});

function Counter() {
  const [count, dispatch] = React.useReducer((state, change) => state + change, 1);
  if (count < 4) {
    dispatch(1);
  }
  const external = React.useSyncExternalStore(
    () => () => {},
    () => "client",
    () => "server",
  );
  return (
    <output>
      {count} {external}
    </output>
  );
}

const page = (
  <Theme.Provider value="dark">
    <Greeting name={'<b> & "quotes" \' '} />
    <a href="/?a=1&b=2" title={"tab\tline\n"} data-x={0} aria-hidden={false} hidden={true} tabIndex={-1}>
      ü € 😀 {"\u2028"}
    </a>
    <div style={{ color: "red", lineHeight: 1.5, marginTop: 3, WebkitLineClamp: 2, "--x": 4, opacity: 0 }} />
    <div dangerouslySetInnerHTML={{ __html: "<i>raw & ready</i>" }} />
    {null}
    {false}
    {undefined}
    {0}
    {NaN}
    {""}
    {["a", "b", ["c", <i key="d">d</i>]]}
    <>
      x{"y"}
      {"z"}
    </>
    <Field label="Name" defaultValue="Ada" disabled readOnly={false} maxLength={5} autoFocus />
    <input type="checkbox" defaultChecked />
    <textarea defaultValue={"\nfirst line"} />
    <select defaultValue="2">
      <option value="1">one</option>
      <option value="2">two</option>
    </select>
    <select multiple defaultValue={["1", "3"]}>
      <option>1</option>
      <option>2</option>
      <option>3</option>
    </select>
    <svg viewBox="0 0 1 1" xlinkHref="#a" strokeWidth={2}>
      <path clipPath="url(#c)" />
    </svg>
    <my-element some-prop="v" className="c" onclick="nothing()" />
    <pre>{"\nkept"}</pre>
    <br />
    <img src="a.png" srcSet="a.png 1x" alt="" />
    <video muted playsInline controls={false} />
    <Squares upTo={4} />
    <Counter />
    <React.Suspense fallback="never shown">
      <p>inside</p>
    </React.Suspense>
  </Theme.Provider>
);

export default function () {
  section("renderToString");
  log(renderToString(page));
  section("renderToStaticMarkup");
  log(renderToStaticMarkup(page));
  section("errors");
  function Broken() {
    throw new TypeError("broken on purpose");
  }
  function Never() {
    throw new Promise(() => {});
  }
  for (const [title, element] of Object.entries({
    throws: <Broken />,
    boundary: (
      <React.Suspense fallback={<i>fallback</i>}>
        <Never />
      </React.Suspense>
    ),
    suspends: <Never />,
    object: <p>{{ a: 1 }}</p>,
  })) {
    try {
      log(title, renderToString(element));
    } catch (error) {
      log(title, "threw", reasonOf(error));
    }
  }
}
