// Writes many lines, and lets many errors of each request go uncaught.
for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);

export default {
  fetch() {
    for (let i = 0; i < 5_000; i++) Promise.reject(new Error(`This is number ${i} of the errors that nobody catches.`));
    return new Response("done");
  },
};
