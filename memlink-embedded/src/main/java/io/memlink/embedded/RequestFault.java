package io.memlink.embedded;

/**
 * A request that is not carried out. Immutable.
 */
final class RequestFault extends Fault {

    private final String refusal;

    RequestFault(String refusal) {
        this.refusal = refusal;
    }

    @Override
    boolean preventsRequest() {
        return true;
    }

    @Override
    String refusal() {
        return this.refusal;
    }

    @Override
    void apply(byte[] reply, ReplyOutlet outlet) {
        throw new IllegalStateException("The request was not carried out and has no reply");
    }

}
