/**
 * What the page needs to show how the cache behaves: servers that can be broken, traffic,
 * and a record of what happened. No application needs any of it; the application itself
 * is the package above, which knows nothing of this one.
 */
@NullMarked
package io.memlink.sample.demo;

import org.jspecify.annotations.NullMarked;
