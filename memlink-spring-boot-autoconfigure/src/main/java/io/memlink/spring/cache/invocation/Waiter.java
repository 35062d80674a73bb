package io.memlink.spring.cache.invocation;

import java.util.concurrent.CompletableFuture;

/** A caller in the line of a {@link LoadLimit}. */
final class Waiter extends CompletableFuture<LoadLimit.Permit> {

    /** Whether it has a permit, or has given up. Guarded by the limit. */
    boolean served;

}
