import confetti from "confetti";
console.log(confetti);
