/** What the Cache API keeps: responses, by cache and URL, in memory or in files. */
@NullMarked
package dev.runnel.runtime.cache;

import org.jspecify.annotations.NullMarked;
