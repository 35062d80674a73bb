package io.memlink.embedded;

/**
 * The memory that the long lines of all connections of a server share. Confined to the
 * thread of the server.
 */
final class LineMemory {

    private long free;

    LineMemory(long bytes) {
        this.free = bytes;
    }

    /**
     * Takes memory, if there is as much.
     */
    boolean take(int bytes) {
        if (bytes > this.free) {
            return false;
        }
        this.free -= bytes;
        return true;
    }

    void giveBack(int bytes) {
        this.free += bytes;
    }

}
