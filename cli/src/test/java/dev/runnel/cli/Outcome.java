package dev.runnel.cli;

/** What became of a child process. */
record Outcome(int exitCode, String out, String err) {}
