export default {
  fetch() {
    return new Response("x".repeat(2 ** 30 - 25));
  },
};
