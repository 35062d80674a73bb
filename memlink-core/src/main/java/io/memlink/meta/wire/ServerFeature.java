package io.memlink.meta.wire;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.link.RequestWriter;

/**
 * A feature that older servers refuse, or ignore although the request means something
 * else without it.
 */
public enum ServerFeature {

    /** A CAS token chosen by the client. */
    NEW_CAS("E", 1, 6, 27),

    /** A delete that keeps the item and drops its value. */
    REMOVE_VALUE("x", 1, 6, 27),

    /** An append or prepend that makes an item where there is none. */
    VIVIFY_BY_APPEND("N with mode A or P", 1, 6, 20);

    private final String flag;

    private final int major;

    private final int minor;

    private final int patch;

    ServerFeature(String flag, int major, int minor, int patch) {
        this.flag = flag;
        this.major = major;
        this.minor = minor;
        this.patch = patch;
    }

    /**
     * Refuses a request that the server of this connection would not understand. A proxy
     * that does not tell its version is given the benefit of the doubt.
     */
    public void require(RequestWriter out) {
        if (out.session() instanceof ServerVersion version && version.isKnown()
                && !version.isAtLeast(this.major, this.minor, this.patch)) {
            throw new MemlinkServerException(Reason.UNSUPPORTED, "flag " + this.flag + ": memcached " + version.text()
                    + " (expected: " + this.major + "." + this.minor + "." + this.patch + " or newer)");
        }
    }

}
