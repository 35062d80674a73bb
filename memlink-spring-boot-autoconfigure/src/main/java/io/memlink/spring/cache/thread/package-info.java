/**
 * The threads in which cached methods that return futures or publishers are called. Knows
 * nothing of caches. Read {@link io.memlink.spring.cache.thread.MethodThreads} first.
 */
@NullMarked
package io.memlink.spring.cache.thread;

import org.jspecify.annotations.NullMarked;
