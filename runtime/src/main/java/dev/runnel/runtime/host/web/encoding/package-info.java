/**
 * The Encoding Standard's decoders, <a
 * href="https://encoding.spec.whatwg.org/">encoding.spec.whatwg.org</a>.
 */
@NullMarked
package dev.runnel.runtime.host.web.encoding;

import org.jspecify.annotations.NullMarked;
