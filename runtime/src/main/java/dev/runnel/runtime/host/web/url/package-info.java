/** The URL Standard's parser, <a href="https://url.spec.whatwg.org/">url.spec.whatwg.org</a>. */
@NullMarked
package dev.runnel.runtime.host.web.url;

import org.jspecify.annotations.NullMarked;
