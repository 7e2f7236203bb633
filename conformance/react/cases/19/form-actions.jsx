import { useActionState, useId, useOptimistic } from "react";
import { useFormStatus } from "react-dom";
import { both } from "../../support.jsx";

/** What a framework puts on an action that the server can run before hydration. */
function serverAction(name) {
  const action = async () => name;
  action.$$FORM_ACTION = (prefix) => {
    const data = new FormData();
    data.append("argument", `of ${name}`);
    return { name: `${prefix}:${name}`, method: "POST", encType: "multipart/form-data", target: null, action: null, data };
  };
  action.$$IS_SIGNATURE_EQUAL = (reference, bound) => reference === name && bound === 0;
  action.bind = Function.prototype.bind;
  return action;
}

function Status() {
  const { pending } = useFormStatus();
  return <button disabled={pending}>{pending ? "sending" : "send"}</button>;
}

function Saved({ action }) {
  const [state, submit, pending] = useActionState(action, "initial", "/permalink");
  const [shown] = useOptimistic(state, (_, next) => next);
  return (
    <form action={submit} id={useId()}>
      <output>
        {shown} {String(pending)}
      </output>
      <Status />
    </form>
  );
}

export default async function () {
  const save = serverAction("save");
  const remove = serverAction("remove");
  const element = () => (
    <main>
      <form action={() => {}}>
        <Status />
      </form>
      <form action={save}>
        <input type="submit" formAction={remove} name="dropped" />
        <button formAction={remove}>remove</button>
        <button formAction="/plain">plain</button>
      </form>
      <Saved action={save} />
      <Saved action={async (previous) => previous} />
    </main>
  );
  await both(() => ({ element: element() }));
  await both(() => ({
    element: <Saved action={save} />,
    options: { formState: ["state from the request", "k0", "save", 0] },
  }));
}
