// node:dgram - https://nodejs.org/api/dgram.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("dgram", "programs speak TCP and HTTP only");

export const Socket = refusal.of("Socket");
export const createSocket = refusal.of("createSocket");

export default refusal.module({
  Socket, createSocket,
});
