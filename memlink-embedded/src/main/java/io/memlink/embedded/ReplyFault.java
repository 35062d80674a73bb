package io.memlink.embedded;

import java.util.function.BiConsumer;

/**
 * A fault that is over with its reply. Immutable.
 */
final class ReplyFault extends Fault {

    private final boolean ignoresRequest;

    private final BiConsumer<byte[], ReplyOutlet> action;

    ReplyFault(BiConsumer<byte[], ReplyOutlet> action) {
        this(false, action);
    }

    ReplyFault(boolean ignoresRequest, BiConsumer<byte[], ReplyOutlet> action) {
        this.ignoresRequest = ignoresRequest;
        this.action = action;
    }

    @Override
    boolean ignoresRequest() {
        return this.ignoresRequest;
    }

    @Override
    void apply(byte[] reply, ReplyOutlet outlet) {
        this.action.accept(reply, outlet);
    }

}
