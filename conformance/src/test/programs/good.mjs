// The well-behaved neighbour.
export default {
  async fetch(request) {
    const name = new URL(request.url).searchParams.get("name");
    await new Promise((next) => setTimeout(next));
    return new Response(`Hello, ${name}`);
  },
};
