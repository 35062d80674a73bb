/**
 * The least that a pipelining client on Netty with a future for each operation can cost:
 * no bounds, no deadlines, no checks, no second connection, no keys but printable ones.
 * What Memlink costs more is the price of what it promises.
 */
@NullMarked
package io.memlink.benchmarks.raw;

import org.jspecify.annotations.NullMarked;
