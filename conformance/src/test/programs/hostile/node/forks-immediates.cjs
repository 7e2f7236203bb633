// Each immediate sets two more.
const fork = () => {
  setImmediate(fork);
  setImmediate(fork);
};
fork();
