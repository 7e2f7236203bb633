import { isShown, visit } from "./visit.mjs";

async function describe(page) {
  const parts = { heading: "h1", loading: "#loading", comments: "#comments", footer: "footer" };
  const seen = await Promise.all(
    Object.entries(parts).map(async ([name, selector]) => `${name} ${await isShown(page, selector)}`),
  );
  return seen.join(", ");
}

await visit(async (page, screenshot) => {
  await page.locator("footer").waitFor();
  console.log(`before: ${await describe(page)}`);
  await screenshot("reveal-before");
  await page.locator("#comments").waitFor();
  console.log(`after: ${await describe(page)}`);
  await screenshot("reveal-after");
});
