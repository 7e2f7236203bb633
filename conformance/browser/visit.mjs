// Opens a page in headless Chromium. Scripts get CHROMIUM URL SCREENSHOTS and print what they see.
import { join } from "node:path";
import { chromium } from "playwright-core";

const [, , executablePath, url, folder] = process.argv;

/** Calls `look` with the page once its navigation has begun, and prints the page's complaints last. */
export async function visit(look) {
  // Chromium's own sandbox can't start as root, where tests in containers run.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(url, { waitUntil: "commit" });
    await look(page, (name) => page.screenshot({ path: join(folder, `${name}.png`) }));
    console.log(`complaints: ${complaints.join("; ") || "none"}`);
  } finally {
    await browser.close();
  }
}

/**
 * Waits until the element called `awaited` is shown and tells, of the same instant, which of the
 * elements are: `{ name: selector }` gives "name true, other false".
 */
export async function shown(page, awaited, parts) {
  const look = ([name, selectors]) => {
    const isShown = (selector) => document.querySelector(selector)?.checkVisibility() ?? false;
    const seen = Object.entries(selectors).map(([part, selector]) => [part, isShown(selector)]);
    return Object.fromEntries(seen)[name] && seen.map((pair) => pair.join(" ")).join(", ");
  };
  return (await page.waitForFunction(look, [awaited, parts])).jsonValue();
}
