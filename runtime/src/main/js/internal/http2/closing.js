// The end of a session's connection.
import { nextTick } from "internal:ticks";

/** Who takes nothing any more is waited for this long. */
const PATIENCE = 5000;

/** What has been written still goes, then the connection is closed; gone() after that. */
export function closeSocket(socket, listeners, hasFailed, gone) {
  const release = () => {
    clearTimeout(patience);
    for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
    socket.on("error", () => {});
    gone();
  };
  const patience = setTimeout(() => socket.destroy(), PATIENCE);
  patience.unref();
  socket.removeListener("data", listeners.data);
  if (socket.destroyed) {
    nextTick(release);
    return;
  }
  socket.removeListener("close", listeners.close);
  socket.once("close", () => nextTick(release));
  socket.resume();
  // A tick later, so that frames that were just written are among those that are sent.
  nextTick(() => {
    if (socket.connecting || (hasFailed && !socket.writable)) socket.destroy();
    else if (socket.destroySoon) socket.destroySoon();
    else socket.end(() => socket.destroy());
  });
}
