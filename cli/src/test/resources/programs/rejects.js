async function lost() {
  throw new RangeError("out of reach");
}
lost();
