export default {
  fetch() {
    Array.prototype.reverse.call({ length: 2 ** 53 - 1 });
    return new Response("it ended");
  },
};
