package dev.runnel.runtime.worker;

/**
 * A worker as it is at a moment.
 *
 * @param serving isolates that take requests
 * @param isolates all isolates, those that start and those that start again included
 * @param requests in flight
 * @param waiting requests that no isolate has taken yet
 */
public record WorkerStatus(int serving, int isolates, int requests, int waiting) {}
