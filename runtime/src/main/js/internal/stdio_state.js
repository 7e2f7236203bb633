/** The standard streams that the program has asked for so far. */
export const openedStdio = { stdin: undefined, stdout: undefined, stderr: undefined };
