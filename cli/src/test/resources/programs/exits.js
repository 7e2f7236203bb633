setInterval(() => {}, 1000);
setTimeout(() => process.exit(3));
