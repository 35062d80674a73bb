package io.memlink.embedded;

import java.util.function.BiConsumer;

/**
 * A fault of a reply. Immutable.
 */
final class ReplyFault extends Fault {

    private final BiConsumer<byte[], ReplyOutlet> action;

    ReplyFault(BiConsumer<byte[], ReplyOutlet> action) {
        this.action = action;
    }

    @Override
    void apply(byte[] reply, ReplyOutlet outlet) {
        this.action.accept(reply, outlet);
    }

}
