// Loops in a built-in for years.
export default {
  fetch() {
    Array.prototype.reverse.call({ length: 2 ** 53 - 1 });
  },
};
