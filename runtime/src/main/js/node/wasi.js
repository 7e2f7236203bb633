// node:wasi - https://nodejs.org/api/wasi.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("wasi", "programs start no other commands");

export const WASI = refusal.of("WASI");

export default refusal.module({
  WASI,
});
