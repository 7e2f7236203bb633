import { shown, visit } from "./visit.mjs";

const parts = { loading: "#loading", list: "#list" };

await visit(async (page, screenshot) => {
  const counter = page.locator("#counter");
  console.log(`before: ${await shown(page, "loading", parts)}`);
  console.log(await counter.innerText());
  await screenshot("hydrate-before");

  console.log(`revealed: ${await shown(page, "list", parts)}`);
  await page.locator("html[data-script=ran]").waitFor();
  for (let clicks = 1; clicks <= 3; clicks++) {
    await counter.click();
    await page.getByText(`Clicked ${clicks} times`).waitFor();
  }
  console.log(await counter.innerText());
  await screenshot("hydrate-after");
});
