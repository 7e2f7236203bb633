package dev.runnel.runtime.http;

/** One header field, as received or as the program wrote it. */
public record Header(String name, String value) {}
