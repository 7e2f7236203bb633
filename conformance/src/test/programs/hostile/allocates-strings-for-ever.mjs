export default {
  fetch() {
    const kept = [];
    for (let i = 0; ; i++) {
      kept.push(`${i} `.repeat(100_000));
    }
  },
};
