/**
 * The Java half of {@code node:worker_threads}: threads of a program and the ports between them.
 */
@NullMarked
package dev.runnel.runtime.host.thread;

import org.jspecify.annotations.NullMarked;
