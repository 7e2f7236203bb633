// Ends whenever it is asked, and sometimes before.
if (Date.now() % 3 === 0) throw new Error("not this time");
export default {
  fetch() {
    process.exit(1);
  },
};
