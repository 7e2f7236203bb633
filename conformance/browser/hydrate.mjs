import { isShown, visit } from "./visit.mjs";

await visit(async (page, screenshot) => {
  const counter = page.locator("#counter");
  const parts = async () => `loading ${await isShown(page, "#loading")}, list ${await isShown(page, "#list")}`;
  await page.locator("#loading").waitFor();
  console.log(`before: ${await counter.innerText()}, ${await parts()}`);
  await screenshot("hydrate-before");

  await page.locator("#list").waitFor();
  console.log(`revealed: ${await parts()}`);
  await page.locator("html[data-script=ran]").waitFor();
  for (let clicks = 1; clicks <= 3; clicks++) {
    await counter.click();
    await page.getByText(`Clicked ${clicks} times`).waitFor();
  }
  console.log(`clicked three times: ${await counter.innerText()}`);
  await screenshot("hydrate-after");
});
