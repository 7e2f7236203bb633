/**
 * HTML rewritten as it streams by: a tokenizer that keeps no more than one token, selectors that
 * look at nothing but the open elements, and bytes that stay as they came where nobody changed
 * them.
 */
@NullMarked
package dev.runnel.runtime.host.web.html;

import org.jspecify.annotations.NullMarked;
