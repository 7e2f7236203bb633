export default {
  fetch() {
    const circle = { name: "circle" };
    circle.circle = circle;
    console.log(circle);
    return new Response(JSON.stringify(circle));
  },
};
