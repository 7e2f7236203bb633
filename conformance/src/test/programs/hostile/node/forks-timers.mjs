// Each timer sets two more.
const fork = () => {
  setTimeout(fork, 1);
  setTimeout(fork, 1);
};
fork();
