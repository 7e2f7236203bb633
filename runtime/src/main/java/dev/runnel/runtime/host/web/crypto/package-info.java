/** Keys and what is done with them, by the JDK's own algorithms: the Java half of crypto.subtle. */
@NullMarked
package dev.runnel.runtime.host.web.crypto;

import org.jspecify.annotations.NullMarked;
