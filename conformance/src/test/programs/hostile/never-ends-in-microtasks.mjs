export default {
  fetch() {
    const again = () => Promise.resolve().then(again);
    return again();
  },
};
