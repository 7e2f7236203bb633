import { hydrateRoot } from "react-dom/client";
import { Page, lines } from "./page.jsx";
import "./style.css";

hydrateRoot(document, <Page styles={globalThis.styles} late={lines(0)} />);
