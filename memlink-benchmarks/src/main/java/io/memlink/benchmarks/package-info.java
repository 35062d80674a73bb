/**
 * What Memlink costs. Every figure stands beside that of another client, or of another
 * way to do the same, from the same run against the same server.
 */
@NullMarked
package io.memlink.benchmarks;

import org.jspecify.annotations.NullMarked;
