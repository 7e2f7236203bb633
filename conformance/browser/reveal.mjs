import { shown, visit } from "./visit.mjs";

const parts = { heading: "h1", loading: "#loading", comments: "#comments", footer: "footer" };

await visit(async (page, screenshot) => {
  console.log(`before: ${await shown(page, "footer", parts)}`);
  await screenshot("reveal-before");
  console.log(`after: ${await shown(page, "comments", parts)}`);
  await screenshot("reveal-after");
});
