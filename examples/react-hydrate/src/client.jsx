import { hydrateRoot } from "react-dom/client";
import { App, lateList } from "./app.jsx";

hydrateRoot(document, <App LateList={lateList(0)} />, {
  onRecoverableError: (error) => console.error(error),
});
document.documentElement.dataset.script = "ran";
