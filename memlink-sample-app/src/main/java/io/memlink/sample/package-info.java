/**
 * A product catalogue whose answers come from memcached. Read
 * {@link io.memlink.sample.ProductCatalogue} first: it is the only class that knows of a
 * cache, and even it does not know which.
 */
@NullMarked
package io.memlink.sample;

import org.jspecify.annotations.NullMarked;
