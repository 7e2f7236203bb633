process.stdout.write("x".repeat(2 ** 30 - 1));
