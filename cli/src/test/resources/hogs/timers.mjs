// Wants to be called a million times.
export default {
  fetch() {
    for (let i = 0; i < 1_000_000; i++) setTimeout(() => {}, 10_000 + i);
    return new Response("set");
  },
};
