export default {
  fetch() {
    console.log("x".repeat(2 ** 30 - 25));
    return new Response("logged");
  },
};
