addEventListener("scheduled", (event) => {
  console.log(event.type, event.cron, event.scheduledTime);
  event.waitUntil(Promise.resolve().then(() => console.log("later")));
  if (event.cron === "1 1 1 1 *") throw new Error("not in January");
});
