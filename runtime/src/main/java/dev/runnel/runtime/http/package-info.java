/** What a request and its answer are made of, on their way between a front door and an isolate. */
@NullMarked
package dev.runnel.runtime.http;

import org.jspecify.annotations.NullMarked;
