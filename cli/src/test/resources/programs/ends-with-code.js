console.log(JSON.stringify(process.argv.slice(2)), process.env.COLOUR, process.env.HOME);
process.exitCode = 7;
