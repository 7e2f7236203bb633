// Waits for whoever sends slowly.
export default {
  async fetch(request) {
    return new Response(String((await request.text()).length));
  },
};
