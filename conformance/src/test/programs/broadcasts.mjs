// Isolates that ask each other over a BroadcastChannel, and one that asks for more than it may.
const id = crypto.randomUUID();
const channel = new BroadcastChannel("questions");
const heard = new Map();
const known = new Set([id]);

channel.onmessage = ({ data }) => {
  known.add(data.from);
  if (data.to === undefined) channel.postMessage({ to: data.from, question: data.question, from: id, text: data.text });
  else if (data.to === id) heard.get(data.question)?.(data);
};

/** Asks until so many others have answered: one that takes the place of another may not listen yet. */
function ask(others) {
  const question = crypto.randomUUID();
  const answers = new Map();
  return new Promise((resolve) => {
    const timer = setInterval(post, 20);
    heard.set(question, ({ from, text }) => {
      answers.set(from, text);
      if (answers.size < others) return;
      clearInterval(timer);
      heard.delete(question);
      resolve([...answers.values()].join(" "));
    });
    function post() {
      channel.postMessage({ from: id, question, text: "ünïcode 漢" });
    }
    post();
  });
}

function attempt(run) {
  try {
    run();
    return "nothing";
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

function limits() {
  const second = new BroadcastChannel("second");
  const third = attempt(() => new BroadcastChannel("third"));
  second.close();
  const afterClose = attempt(() => new BroadcastChannel("third").close());
  return [third, afterClose, attempt(() => channel.postMessage("x".repeat(2_000))), attempt(() => new BroadcastChannel("x".repeat(2_000)))].join("\n");
}

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/spin") for (;;);
    if (pathname === "/heard") return new Response(String(known.size));
    return new Response(pathname === "/limits" ? limits() : await ask(Number(searchParams.get("others"))));
  },
};
