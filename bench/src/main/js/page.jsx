// The benchmark's page for every engine without a runtime around it.
import "./globals.js";
import { renderToString } from "react-dom/server.browser";
import { Page } from "./shop.jsx";

globalThis.render = (seed) => renderToString(<Page seed={seed} />);
