export default {
  fetch() {
    const circle = {};
    circle.circle = circle;
    return circle;
  },
};
